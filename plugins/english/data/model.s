# The model file, readable in place: mapped from the plugin's file, shared by all processes.
    .section .rodata
    .balign 64
    .global dossier_english_model_begin
    .hidden dossier_english_model_begin
    .global dossier_english_model_end
    .hidden dossier_english_model_end
dossier_english_model_begin:
    .incbin "plugins/english/data/english.model"
dossier_english_model_end:
    .byte 0
    .section .note.GNU-stack,"",@progbits

"""The teacher: the student's network, larger, which is also told what a pretrained language model
says of each word."""

import torch
from torch import nn
from transformers import AutoModel, AutoTokenizer

from examples import Examples
from network import Network

SIZES = {"width": 384, "units": 384, "layers": 2, "hidden": 384}
DROPOUT = 0.33
MOST_PIECES = 8  # of a word
PADDING = 0


class Teacher(Network):
    def __init__(self, folder, vocabulary):
        """folder: the language model, as Hugging Face's transformers read it."""
        super().__init__(len(vocabulary.rows) + 1, vocabulary.vectors, len(vocabulary.tags),
                         len(vocabulary.relations), dropout=DROPOUT, **SIZES)
        self.language = AutoModel.from_pretrained(folder, add_pooling_layer=False).float()
        self.from_language = nn.Linear(self.language.config.hidden_size, SIZES["width"])

    def embed(self, batch, kept=None):
        """As Network's; the batch is PieceExamples'."""
        with torch.autocast(batch.pieces.device.type, dtype=torch.bfloat16):
            states = self.language(batch.pieces, attention_mask=batch.piece_mask).last_hidden_state
            first = batch.first.unsqueeze(2).expand(-1, -1, states.shape[2])
            said = self.from_language(states.gather(1, first))
        return super().embed(batch, kept) + said.float().transpose(0, 1)


class PieceExamples(Examples):
    """Examples with the language model's pieces of words; a word's state is its first piece's.

    pieces: numbers, of all words end to end; piece_starts, piece_ends: one per word, into them.
    """

    def __init__(self, sentences, vocabulary, folder, device, vary=False):
        super().__init__(sentences, vocabulary, device, vary)
        tokenizer = AutoTokenizer.from_pretrained(folder)
        self.around = (tokenizer.cls_token_id, tokenizer.sep_token_id)
        forms = [form for s in sentences for form in s.forms]
        distinct = list(dict.fromkeys(forms))
        ids = tokenizer(distinct, add_special_tokens=False).input_ids if distinct else []
        pieces = {form: some[:MOST_PIECES] or [tokenizer.unk_token_id]
                  for form, some in zip(distinct, ids)}
        self.pieces = torch.tensor([p for form in forms for p in pieces[form]], device=device)
        counts = torch.tensor([len(pieces[form]) for form in forms], device=device)
        self.piece_ends = counts.cumsum(0)
        self.piece_starts = self.piece_ends - counts

    def batch(self, group):
        """A Batch that also has pieces and piece_mask, sentences x pieces with one before and one
        behind, and first, sentences x words: the place of a word's first piece."""
        batch = super().batch(group)
        starts = self.starts[torch.tensor(group, device=self.starts.device)]
        begin = self.piece_starts[starts].unsqueeze(1)
        count = self.piece_ends[starts + batch.sizes - 1].unsqueeze(1) - begin
        place = torch.arange(int(count.max()) + 2, device=begin.device)
        inside = (place >= 1) & (place <= count)
        ids = self.pieces[(begin + place - 1) * inside].masked_fill(~inside, PADDING)
        ids = ids.masked_fill(place == 0, self.around[0])
        batch.pieces = ids.masked_fill(place == count + 1, self.around[1])
        batch.piece_mask = (place <= count + 1).long()
        batch.first = (self.piece_starts[batch.at] - begin + 1) * (batch.mask > 0)
        return batch

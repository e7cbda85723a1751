// What the names of one document mean: each mention by its own words, read with the other names of
// the document.
#ifndef DOSSIER_SERVER_INGEST_DOCUMENT_NAMES_H_
#define DOSSIER_SERVER_INGEST_DOCUMENT_NAMES_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/extract/extraction.h"
#include "server/ingest/acronyms.h"
#include "server/ingest/resolve.h"
#include "server/model/document.h"

namespace dossier {

// Borrows what it is made of.
class DocumentNames {
 public:
  DocumentNames(const Document& document, const std::vector<ExtractedMention>& mentions);

  // Where the words of mention `i` lead, whatever it may refer to.
  ResolvedMention Link(std::size_t i) const;

 private:
  // What several parts of a document may claim for one form: good while they agree.
  class Claims {
   public:
    struct Claim {
      std::string key;
      bool disputed = false;
    };

    void Add(const std::string& form, const std::string& key);
    const Claim* Find(const std::string& form) const;

   private:
    std::map<std::string, Claim> claims_;
  };

  bool IsName(std::size_t i) const { return mentions_[i].kind == MentionKind::kName; }
  bool IsPersonName(std::size_t i) const;
  void ReadName(std::size_t i, const std::vector<Acronym>& introduced);
  void ReadAcronyms(const std::vector<Acronym>& introduced);

  std::optional<ResolvedMention> ByKnownName(std::size_t i) const;
  std::optional<ResolvedMention> ByPartOfPerson(std::size_t i) const;
  std::optional<ResolvedMention> ByShortName(std::size_t i) const;
  std::optional<ResolvedMention> ByCountry(std::size_t i) const;

  const Document& document_;
  const std::vector<ExtractedMention>& mentions_;
  std::vector<std::string> names_;  // clean, by mention
  std::vector<std::string> forms_;  // NameForm() of them, companies without their legal form
  Claims people_;                   // form of a surname or first name -> that of the full name
  Claims short_names_;              // "Northport" of "Northport Media Group" -> all of it
  Claims acronyms_;                 // AcronymForm() -> form of what it is short for
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_DOCUMENT_NAMES_H_

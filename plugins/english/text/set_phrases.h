// Set phrases of web pages, by what they tell about the text around them.
#ifndef DOSSIER_PLUGINS_ENGLISH_TEXT_SET_PHRASES_H_
#define DOSSIER_PLUGINS_ENGLISH_TEXT_SET_PHRASES_H_

#include <string_view>

namespace dossier::english {

// All read a line as words in lower case with one space before each and one at the end, without
// punctuation: " read more ".

// The whole line is the name of a part of the page: "Related", "Comments".
bool IsSectionLabel(std::string_view words);

// What follows the label are titles of other pages.
bool AnnouncesLinks(std::string_view words);

// The line begins as a request to the reader or a credit does: "Sign up for", "Photo by".
bool StartsRequest(std::string_view words);

// How much the words speak of the site and its readers; kSureAppeal or more leaves no doubt.
inline constexpr int kSureAppeal = 3;
int AppealOf(std::string_view words);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TEXT_SET_PHRASES_H_

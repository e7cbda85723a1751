// Which blocks of a page are the site's and not the article's.
#ifndef DOSSIER_PLUGINS_ENGLISH_TEXT_BOILERPLATE_H_
#define DOSSIER_PLUGINS_ENGLISH_TEXT_BOILERPLATE_H_

#include <string_view>
#include <vector>

#include "plugins/english/text/layout.h"

namespace dossier::english {

// Gives the kind kBoilerplate to blocks that hold no news: addresses of pages and images, bare
// marks, bylines, credits and time stamps, menus, share lines, appeals for donations and
// subscriptions, notices of cookies, rights and advertising, labels such as "Related" with the
// titles below them. Told by how a block is built and by set phrases of the trade, never by what an
// article is about; in doubt a block is left as it is. Linear time.
void MarkBoilerplate(std::string_view text, std::vector<Block>* blocks);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TEXT_BOILERPLATE_H_

// Corrects in a parser's tree what English grammar does not allow or hardly ever means.
#ifndef DOSSIER_PLUGINS_OPENIE_MEND_H_
#define DOSSIER_PLUGINS_OPENIE_MEND_H_

#include <vector>

#include "plugins/openie/tree.h"

namespace dossier::openie {

// - "sent a total OF 40 BOATS", "the partners, INCLUDING ROME": such a phrase right behind a noun
//   belongs to the noun and not to the verb, unless the verb takes it ("robbed the bank of gold");
// - "leader ANN Lee": the name is the phrase's head, and what stands right before it its title;
// - "officials SPECIALIZING in law might join": a participle behind a subject is the subject's;
// - "denied SENDING arms": a gerund behind a verb that takes one is its complement;
// - "Oslo REPORTS that", "rumours THAT he sold it", "asked HOW he left": what is claimed or asked
// is
//   a complement, and who claims it does so with a verb;
// - "According to Ann, THE UNION will go": the union is the subject, not Ann;
// - "Ann and Bo, BOTH born in Rome": both are Ann and Bo;
// - "Ships left, Ann SAID": a remark, not a second event;
// - "Its chief EXECUTIVE, Ann Lee": an apposition; "Ann was DUE to leave": she was;
// - "asked leader ANN Lee" has one object; "“Who pays?” asked ANN": she did;
// - "Kim Yong-HYUN" is one name;
// - two subjects of one verb: "bikes, BOATS and CARTS are sold" is a list; "her brother BO left"
//   and "men hiding BOATS left" have one phrase each;
// - "helped the UNION's ships": the union owns them; "less THAN a third" has no preposition;
// - "The trouble IS that ships sank": two clauses.
//
// No cycle comes about. Linear time but for some rules that rarely apply, which cost a walk over
// the sentence each.
void Mend(std::vector<Word>* words);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_MEND_H_

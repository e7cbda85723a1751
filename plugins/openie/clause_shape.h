// What the tree shows of a clause at its head: questions about one token and its dependents.
#ifndef DOSSIER_PLUGINS_OPENIE_CLAUSE_SHAPE_H_
#define DOSSIER_PLUGINS_OPENIE_CLAUSE_SHAPE_H_

#include "plugins/openie/frame.h"
#include "plugins/openie/tree.h"

namespace dossier::openie {

bool IsClauseHead(const Tree& tree, int i);

bool HasSubject(const Tree& tree, int i);
bool HasAuxiliary(const Tree& tree, int i);  // or a copula
bool HasContent(const Frame& f);

// An infinitive: "TO leave".
bool IsMarkedTo(const Tree& tree, int i);

// "...; THEY LEFT": a sentence of its own.
bool FollowsSemicolon(const Tree& tree, int clause);

// "ACCORDING TO the union", "AS PER the union"
bool NamesSource(const Tree& tree, int phrase);

// "accused them OF lying"
bool HasMarkOf(const Tree& tree, int clause);

// "who", "which", "where"; "that", when it stands for a thing.
bool IsRelative(const Word& word);

// "they were DAMAGED"
bool IsPassive(const Tree& tree, int i);

// "CONFIRMED by aides, the plan ...": neither subject nor auxiliary. `top` is the first verb of the
// clause's chain, `head` the last.
bool IsReducedPassive(const Tree& tree, int top, int head);

// The verb that i's meaning runs on to, or kNone: "expected to SEND", "likely to SEND". What is
// denied is a statement of its own: "denied SENDING".
int ChainNext(const Tree& tree, int i);

// The noun of planning right before an infinitive, or kNone: "left with PLANS to return". The
// infinitive means it even where the parser hangs it from the verb.
int PlanBefore(const Tree& tree, int top);

// The clause that seems to describe a time, or kNone: "said on Friday THAT HE LEFT". No clause
// describes a Friday after a verb of saying.
int ThatClauseOf(const Tree& tree, int phrase);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_CLAUSE_SHAPE_H_

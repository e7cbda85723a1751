#include "plugins/english/text/set_phrases.h"

#include <algorithm>
#include <array>
#include <span>

namespace dossier::english {
namespace {

using Phrases = std::span<const std::string_view>;

constexpr auto kSectionLabels = std::to_array<std::string_view>({
    " advertisement ",
    " article continues below ",
    " comments ",
    " comments are closed ",
    " continue reading ",
    " copy link ",
    " email ",
    " facebook ",
    " follow us ",
    " leave a comment ",
    " leave a reply ",
    " listen to article ",
    " loading ",
    " log in ",
    " menu ",
    " next article ",
    " no comments ",
    " post a comment ",
    " previous article ",
    " print ",
    " reply ",
    " scroll to continue ",
    " share ",
    " share on ",
    " share this ",
    " sign in ",
    " skip to content ",
    " skip to main content ",
    " sponsored ",
    " story continues below advertisement ",
    " subscribe ",
    " support us ",
    " tags ",
    " topics ",
    " tweet ",
    " twitter ",
    " whatsapp ",
});

constexpr auto kLinkLabels = std::to_array<std::string_view>({
    " also read ",
    " around the web ",
    " editors picks ",
    " explore more ",
    " further reading ",
    " latest news ",
    " more from ",
    " more from the web ",
    " more like this ",
    " more news ",
    " more on this story ",
    " more on this topic ",
    " more stories ",
    " most popular ",
    " most read ",
    " most viewed ",
    " popular posts ",
    " read also ",
    " read more ",
    " read next ",
    " recent posts ",
    " recommended ",
    " recommended for you ",
    " recommended stories ",
    " related ",
    " related articles ",
    " related content ",
    " related news ",
    " related posts ",
    " related stories ",
    " related topics ",
    " see also ",
    " top stories ",
    " trending ",
    " trending now ",
    " you may also like ",
    " you might also like ",
});

constexpr auto kRequests = std::to_array<std::string_view>({
    " also read ",     " become a ",         " click here ",     " copyright ",
    " download our ",  " download the app ", " featured image ", " file photo ",
    " filed under ",   " find us on ",       " follow us ",      " get our ",
    " image credit ",  " image source ",     " join our ",       " last modified ",
    " last updated ",  " photo by ",         " photo courtesy ", " photo credit ",
    " photograph by ", " posted by ",        " posted in ",      " read also ",
    " read more ",     " read the full ",    " reporting by ",   " see also ",
    " share on ",      " share this ",       " sign up ",        " stay up to date ",
    " subscribe to ",  " support our ",      " tap here ",       " written by ",
});

// Nobody writes these but of the page itself.
constexpr auto kSure = std::to_array<std::string_view>({
    " accept all cookies ",
    " accept cookies ",
    " ad blocker ",
    " adblocker ",
    " all rights reserved ",
    " article was first published ",
    " article was originally published ",
    " back to top ",
    " become a member ",
    " become a patron ",
    " become a subscriber ",
    " become a supporter ",
    " broadcast rewritten or redistributed ",
    " buy me a coffee ",
    " buy us a coffee ",
    " cancel anytime ",
    " click here ",
    " comments are closed ",
    " cookie policy ",
    " cookie settings ",
    " cost of a cup of coffee ",
    " cost of one cup of coffee ",
    " create a free account ",
    " do not necessarily reflect ",
    " do not reflect the opinion ",
    " do not reflect the views ",
    " does not necessarily reflect ",
    " donate now ",
    " donate today ",
    " download our app ",
    " enable javascript ",
    " follow us on ",
    " for as little as ",
    " has been updated to correct ",
    " in your browser ",
    " in your inbox ",
    " join the conversation ",
    " leave a comment ",
    " leave a reply ",
    " make a donation ",
    " our newsletter ",
    " our newsletters ",
    " our privacy policy ",
    " our telegram channel ",
    " our terms ",
    " our whatsapp channel ",
    " readers like you ",
    " republished from ",
    " republished with permission ",
    " republished under a creative commons ",
    " share on facebook ",
    " share on twitter ",
    " share this article ",
    " share this post ",
    " share this story ",
    " sign up for our ",
    " sign up to our ",
    " skip to content ",
    " skip to main content ",
    " story was originally published ",
    " subscribe now ",
    " subscribe to our ",
    " support independent journalism ",
    " support our journalism ",
    " support our work ",
    " to your inbox ",
    " turn off your ad ",
    " unlimited access ",
    " uses cookies ",
    " use cookies ",
    " views expressed are ",
    " views expressed here ",
    " views expressed in this ",
    " without prior written permission ",
    " your ad blocker ",
    " your browser ",
    " your free trial ",
});

constexpr auto kTelling = std::to_array<std::string_view>({
    " ad free ",
    " cookies ",
    " independent journalism ",
    " newsletter ",
    " our app ",
    " our articles ",
    " our channel ",
    " our content ",
    " our coverage ",
    " our journalism ",
    " our readers ",
    " our reporting ",
    " our site ",
    " our stories ",
    " our supporters ",
    " our website ",
    " other ways to support ",
    " privacy policy ",
    " quality journalism ",
    " support us ",
    " terms of service ",
    " terms of use ",
    " this page ",
    " this site ",
    " this website ",
    " your account ",
    " your contribution ",
    " your donation ",
    " your email ",
    " your subscription ",
    " your support ",
});

constexpr auto kReaders = std::to_array<std::string_view>({" you ", " your "});
constexpr auto kMakers = std::to_array<std::string_view>({" we ", " us ", " our "});
constexpr auto kAsking = std::to_array<std::string_view>(
    {" advertising ", " click ", " donate ", " help us ", " join ", " please ", " subscribe "});

bool Contains(Phrases phrases, std::string_view words) {
  return std::ranges::any_of(phrases,
                             [&](std::string_view p) { return words.find(p) != words.npos; });
}

bool Is(Phrases phrases, std::string_view words) {
  return std::ranges::find(phrases, words) != phrases.end();
}

}  // namespace

bool AnnouncesLinks(std::string_view words) { return Is(kLinkLabels, words); }

bool IsSectionLabel(std::string_view words) {
  return Is(kSectionLabels, words) || AnnouncesLinks(words);
}

bool StartsRequest(std::string_view words) {
  return std::ranges::any_of(kRequests, [&](std::string_view p) { return words.starts_with(p); });
}

int AppealOf(std::string_view words) {
  if (Contains(kSure, words)) return kSureAppeal;
  if (!Contains(kTelling, words)) return 0;
  return 1 + Contains(kReaders, words) + Contains(kMakers, words) + Contains(kAsking, words);
}

}  // namespace dossier::english

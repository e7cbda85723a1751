#include "server/model/name_form.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {
namespace {

TEST(NameForm, SpellingsOfOneNameShareIt) {
  const std::vector<std::vector<std::string_view>> names = {
      {"Volodymyr Zelensky", "Volodymyr Zelenskyy", "VOLODYMYR ZELENSKIY", "Volodymyr  Zelenskii"},
      {"Dmitry Orlov", "Dmitri Orlov", "Dmitriy Orlov", "Dmitrii Orlov"},
      {"Aleksey Orlov", "Alexei Orlov"},
      {"Recep Erdoğan", "Recep Erdogan"},
      {"Øystein Ås", "Oystein As"},
      {"Lee Min-ji", "Lee Min Ji"},
      {"U.S. Navy", "US Navy"},
      {"John F. Hale", "John F Hale"},
      {"Ministry of Defense", "ministry of defence"},
      {"Hale & Dunn", "Hale and Dunn"},
      {"Mohammed Karim", "Mohamed Karim", "Muhammad Karim"},
      {"Kiev", "Kyiv"},
  };
  for (const auto& spellings : names) {
    for (const std::string_view spelling : spellings) {
      EXPECT_EQ(NameForm(spelling), NameForm(spellings.front())) << spelling;
    }
  }
}

TEST(NameForm, OtherNamesDoNot) {
  const std::vector<std::pair<std::string_view, std::string_view>> names = {
      {"Mira Hale", "Mira Hall"},
      {"1.5 million", "15 million"},
      {"Иван Орлов", "Иван Орлова"},
      {"Mira Hale", "M Hale"},
      {"Hale", "Hale Jr."},
      {"Kim Jong Un", "Kim Jong Il"},
      {"George W. Hale", "George Hale"},
      {"й", "и"},
  };
  for (const auto& [one, other] : names) {
    EXPECT_NE(NameForm(one), NameForm(other));
  }
}

TEST(NameForm, LeavesSomething) {
  EXPECT_EQ(NameForm("."), ".");
  EXPECT_EQ(NameForm(" -"), "-");
  EXPECT_EQ(NameForm(""), "");
}

TEST(NameForm, OfAFormIsTheForm) {
  const std::vector<std::string_view> parts = {"ski", "y", "i", "e", "ii",   "kiev", "é", ".",
                                               "-",   "1", " ", "ø", "Alek", "sey",  "й", "&"};
  std::mt19937 random(7);
  for (int n = 0; n < 2000; ++n) {
    std::string name;
    for (auto left = 1 + random() % 6; left > 0; --left) {
      name += parts[random() % parts.size()];
    }
    const std::string form = NameForm(name);
    EXPECT_EQ(NameForm(form), form) << name;
  }
}

}  // namespace
}  // namespace dossier

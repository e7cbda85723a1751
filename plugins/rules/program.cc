#include "plugins/rules/program.h"

#include <algorithm>
#include <utility>

namespace dossier::rules {
namespace {

class Compiler {
 public:
  explicit Compiler(Program* program) : program_(program) {}

  // Appends the code of `node`; it runs on into what is appended next. False: too large.
  bool Emit(const Node& node) {
    switch (node.kind) {
      case Node::Kind::kToken:
        return Append({Instruction::Kind::kToken, node.index, At() + 1, 0});
      case Node::Kind::kSequence:
        return std::all_of(node.children.begin(), node.children.end(),
                           [&](const Node& child) { return Emit(child); });
      case Node::Kind::kCapture:
        return Append({Instruction::Kind::kSave, 2 * node.index, At() + 1, 0}) &&
               Emit(node.children.front()) &&
               Append({Instruction::Kind::kSave, 2 * node.index + 1, At() + 1, 0});
      case Node::Kind::kAlternatives:
        return EmitAlternatives(node);
      case Node::Kind::kRepeat:
        return EmitRepeat(node);
    }
    return false;
  }

  bool Append(Instruction instruction) {
    program_->instructions.push_back(instruction);
    return program_->instructions.size() <= kMaxInstructions;
  }

 private:
  uint32_t At() const { return static_cast<uint32_t>(program_->instructions.size()); }
  Instruction& Get(uint32_t at) { return program_->instructions[at]; }

  bool EmitAlternatives(const Node& node) {
    std::vector<uint32_t> exits;  // splits of one way, that jump over the alternatives to come
    for (size_t i = 0; i < node.children.size(); ++i) {
      const uint32_t split = At();
      const bool last = i + 1 == node.children.size();
      if (!last && !Append({Instruction::Kind::kSplit, 0, split + 1, 0})) return false;
      if (!Emit(node.children[i])) return false;
      if (last) break;
      exits.push_back(At());
      if (!Append({Instruction::Kind::kSplit, 0, 0, 0})) return false;
      Get(split).other = At();
    }
    for (const uint32_t exit : exits) Get(exit).next = Get(exit).other = At();
    return true;
  }

  bool EmitRepeat(const Node& node) {
    const Node& body = node.children.front();
    for (uint32_t i = 0; i < node.min; ++i) {
      if (!Emit(body)) return false;
    }
    if (node.max == Node::kUnbounded) {
      const uint32_t split = At();
      if (!Append({Instruction::Kind::kSplit, 0, split + 1, 0}) || !Emit(body) ||
          !Append({Instruction::Kind::kSplit, 0, split, split})) {
        return false;
      }
      Get(split).other = At();
      return true;
    }
    std::vector<uint32_t> splits;
    for (uint32_t i = node.min; i < node.max; ++i) {
      splits.push_back(At());
      if (!Append({Instruction::Kind::kSplit, 0, At() + 1, 0}) || !Emit(body)) return false;
    }
    for (const uint32_t split : splits) Get(split).other = At();
    return true;
  }

  Program* program_;
};

// The patterns of the tokens that a match may begin with.
std::vector<uint32_t> FirstPatterns(const Program& program) {
  std::vector<uint32_t> patterns;
  std::vector<bool> seen(program.instructions.size());
  std::vector<uint32_t> stack = {0};
  while (!stack.empty()) {
    const uint32_t at = stack.back();
    stack.pop_back();
    if (seen[at]) continue;
    seen[at] = true;
    const Instruction& step = program.instructions[at];
    if (step.kind == Instruction::Kind::kToken) {
      patterns.push_back(step.index);
    } else if (step.kind != Instruction::Kind::kMatch) {
      stack.push_back(step.next);
      if (step.kind == Instruction::Kind::kSplit) stack.push_back(step.other);
    }
  }
  return patterns;
}

}  // namespace

std::optional<Program> Compile(const Node& pattern, uint32_t variables) {
  Program program;
  program.slots = 2 * variables;
  Compiler compiler(&program);
  if (!compiler.Emit(pattern) || !compiler.Append({})) return std::nullopt;
  program.first = FirstPatterns(program);
  return program;
}

bool MayBeEmpty(const Node& pattern) {
  const auto& children = pattern.children;
  switch (pattern.kind) {
    case Node::Kind::kToken:
      return false;
    case Node::Kind::kRepeat:
      return pattern.min == 0 || MayBeEmpty(children.front());
    case Node::Kind::kAlternatives:
      return std::any_of(children.begin(), children.end(), MayBeEmpty);
    case Node::Kind::kSequence:
    case Node::Kind::kCapture:
      return std::all_of(children.begin(), children.end(), MayBeEmpty);
  }
  return true;
}

void Machine::Add(const Program& program, uint32_t instruction, uint32_t begin, uint32_t at,
                  std::vector<uint32_t> slots, Threads* threads) {
  // Ways to be followed, the preferred one on top.
  std::vector<std::pair<uint32_t, std::vector<uint32_t>>> stack;
  stack.emplace_back(instruction, std::move(slots));
  while (!stack.empty()) {
    auto [pc, values] = std::move(stack.back());
    stack.pop_back();
    if (threads->seen[pc] == round_) continue;
    threads->seen[pc] = round_;
    ++steps_;
    const Instruction& step = program.instructions[pc];
    switch (step.kind) {
      case Instruction::Kind::kSplit:
        if (step.other != step.next) stack.emplace_back(step.other, values);
        stack.emplace_back(step.next, std::move(values));
        break;
      case Instruction::Kind::kSave:
        values[step.index] = at;
        stack.emplace_back(step.next, std::move(values));
        break;
      case Instruction::Kind::kToken:
      case Instruction::Kind::kMatch: {
        if (threads->size == threads->list.size()) threads->list.emplace_back();
        Thread& thread = threads->list[threads->size++];
        thread.instruction = pc;
        thread.begin = begin;
        thread.slots = std::move(values);
      }
    }
  }
}

bool Machine::Run(const Program& program, uint32_t begin, uint32_t end,
                  const std::function<bool(uint32_t pattern, uint32_t token)>& accepts) {
  for (Threads* threads : {&now_, &next_}) {
    threads->size = 0;
    threads->seen.assign(program.instructions.size(), 0);
  }
  const auto may_begin_at = [&](uint32_t token) {
    return token < end && std::any_of(program.first.begin(), program.first.end(),
                                      [&](uint32_t pattern) { return accepts(pattern, token); });
  };
  bool found = false;
  for (uint32_t at = begin; at <= end; ++at) {
    // The threads that wait for a token are marked by its number, from 1.
    if (!found && may_begin_at(at)) {
      round_ = at - begin + 1;
      Add(program, 0, at, at, std::vector<uint32_t>(program.slots, kUnset), &now_);
    }
    if (found && now_.size == 0) break;
    round_ = at - begin + 2;
    next_.size = 0;
    for (size_t i = 0; i < now_.size; ++i) {
      Thread& thread = now_.list[i];
      const Instruction& step = program.instructions[thread.instruction];
      if (step.kind == Instruction::Kind::kMatch) {
        found = true;
        best_ = std::move(thread.slots);
        best_begin_ = thread.begin;
        best_end_ = at;
        break;  // those behind it are preferred less
      }
      if (at < end && at - thread.begin < kMaxMatchTokens && accepts(step.index, at)) {
        Add(program, step.next, thread.begin, at + 1, std::move(thread.slots), &next_);
      }
    }
    std::swap(now_, next_);
  }
  return found;
}

}  // namespace dossier::rules

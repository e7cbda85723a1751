// The recurrence of network.py for training, forwards and backwards: what PyTorch alone would take
// several times as long for, word by word. Compiled and called by recurrence.py.

#include <cmath>
#include <cstddef>
#include <vector>

namespace {

float Sigmoid(float x) { return 1 / (1 + std::exp(-x)); }

// Arrays of words x sentences x ..., `both` being the units of both directions. `u` has `parts` x
// both numbers a word; `mask` one, 0 for padding, which keeps c at 0.
struct Layer {
  long words, sentences, both, parts;
  const float* u;
  const float* skip;  // null: the last part of u
  const float* mask;
  const float* forget;
  const float* reset;
};

struct Place {
  const float* u;
  const float* skip;
  float mask;
  long at;      // of c and h
  long before;  // of the c of the word before; -1 at the first
};

// The step-th word of a sentence, as the units from `first` on read it.
Place At(const Layer& l, long step, long sentence, long first) {
  const bool backward = first != 0;
  const long word = backward ? l.words - 1 - step : step;
  const long row = word * l.sentences + sentence;
  const long row_before = (backward ? word + 1 : word - 1) * l.sentences + sentence;
  const float* u = l.u + row * l.parts * l.both + first;
  return {u, l.skip == nullptr ? u + 3 * l.both : l.skip + row * l.both + first, l.mask[row],
          row * l.both + first, step == 0 ? -1 : row_before * l.both + first};
}

}  // namespace

extern "C" {

void Forward(const Layer* layer, float* c, float* h) {
  const Layer& l = *layer;
  const long units = l.both / 2;
  const std::vector<float> none(static_cast<size_t>(units));
  for (long first = 0; first < l.both; first += units) {
    for (long sentence = 0; sentence < l.sentences; ++sentence) {
      for (long step = 0; step < l.words; ++step) {
        const Place p = At(l, step, sentence, first);
        const float* before = p.before < 0 ? none.data() : c + p.before;
        const float* forget = l.forget + first;
        const float* reset = l.reset + first;
#pragma GCC ivdep
        for (long j = 0; j < units; ++j) {
          const float f = Sigmoid(p.u[l.both + j] + forget[j] * before[j]);
          const float cell = (p.u[j] + f * (before[j] - p.u[j])) * p.mask;
          const float r = Sigmoid(p.u[2 * l.both + j] + reset[j] * cell);
          c[p.at + j] = cell;
          h[p.at + j] = p.skip[j] + r * (cell - p.skip[j]);
        }
      }
    }
  }
}

// From dh to the gradients of u, skip (null when it is part of u), forget and reset; the last two
// are added to.
void Backward(const Layer* layer, const float* c, const float* dh, float* du, float* dskip,
              float* dforget, float* dreset) {
  const Layer& l = *layer;
  const long units = l.both / 2;
  const std::vector<float> none(static_cast<size_t>(units));
  std::vector<float> carried(static_cast<size_t>(units));
  for (long first = 0; first < l.both; first += units) {
    for (long sentence = 0; sentence < l.sentences; ++sentence) {
      carried.assign(carried.size(), 0);
      for (long step = l.words - 1; step >= 0; --step) {
        const Place p = At(l, step, sentence, first);
        const float* before = p.before < 0 ? none.data() : c + p.before;
        float* du_row = du + (p.u - l.u);
        float* dskip_row = dskip == nullptr ? du_row + 3 * l.both : dskip + p.at;
        const float* forget = l.forget + first;
        const float* reset = l.reset + first;
        float* carry = carried.data();
        float* dforget_row = dforget + first;
        float* dreset_row = dreset + first;
#pragma GCC ivdep
        for (long j = 0; j < units; ++j) {
          const float f = Sigmoid(p.u[l.both + j] + forget[j] * before[j]);
          const float cell = c[p.at + j];
          const float r = Sigmoid(p.u[2 * l.both + j] + reset[j] * cell);
          const float d = dh[p.at + j];
          const float dr = d * (cell - p.skip[j]) * r * (1 - r);
          const float dcell = (carry[j] + d * r + dr * reset[j]) * p.mask;
          const float df = dcell * (before[j] - p.u[j]) * f * (1 - f);
          du_row[j] = dcell * (1 - f);
          du_row[l.both + j] = df;
          du_row[2 * l.both + j] = dr;
          dskip_row[j] = d * (1 - r);
          dforget_row[j] += df * before[j];
          dreset_row[j] += dr * cell;
          carry[j] = dcell * f + df * forget[j];
        }
      }
    }
  }
}

}  // extern "C"

/*
 * Gillespie's direct method as it is written with care in C: propensities in one array, a dependency graph, a linear
 * search, xoshiro256++ and the machine's logarithm.
 *
 *   ssa NETWORK EVENTS
 *
 * prints NANOSECONDS TIME: what an event takes (median of rounds, in processor time), and the time simulated. NETWORK is
 * numbers apart by white space: species, channels; molecules at the start; a line a channel: coefficient, number of
 * factors, their species (a species that comes twice is n(n - 1)), number of changes, a species and a value each.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS 5
#define SEED 42

typedef struct {
  double coefficient;
  int factors, *species, changes, *changed;
  double *values;
  int dependents, *dependent;
} Channel;

static uint64_t state[4];

static uint64_t rotated(uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }

static double uniform(void) {
  const uint64_t result = rotated(state[0] + state[3], 23) + state[0], t = state[1] << 17;
  state[2] ^= state[0];
  state[3] ^= state[1];
  state[1] ^= state[2];
  state[0] ^= state[3];
  state[2] ^= t;
  state[3] = rotated(state[3], 45);
  return (result >> 11) * 0x1p-53;
}

static void seed(uint64_t x) {
  for (int i = 0; i < 4; i++) {
    uint64_t z = (x += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    state[i] = z ^ (z >> 31);
  }
}

static double number(FILE *file) {
  double value;
  if (fscanf(file, "%lf", &value) == 1) return value;
  fputs("the network ends too early\n", stderr);
  exit(1);
}

static double propensity(const Channel *c, const double *n) {
  double a = c->coefficient;
  for (int f = 0; f < c->factors; f++) a *= n[c->species[f]] - (f > 0 && c->species[f] == c->species[f - 1] ? 1 : 0);
  return a;
}

static void link_channels(Channel *channels, int count, int species) {
  char *changed = calloc(species, 1);
  for (int i = 0; i < count; i++) {
    Channel *c = &channels[i];
    for (int k = 0; k < c->changes; k++) changed[c->changed[k]] = 1;
    for (int pass = 0; pass < 2; pass++) {
      c->dependents = 0;
      for (int j = 0; j < count; j++) {
        int touched = 0;
        for (int f = 0; f < channels[j].factors; f++) touched |= changed[channels[j].species[f]];
        if (!touched) continue;
        if (pass == 1) c->dependent[c->dependents] = j;
        c->dependents++;
      }
      if (pass == 0) c->dependent = malloc(sizeof(int) * (c->dependents + 1));
    }
    for (int k = 0; k < c->changes; k++) changed[c->changed[k]] = 0;
  }
  free(changed);
}

static int by_value(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

int main(int argc, char **argv) {
  FILE *file = argc == 3 ? fopen(argv[1], "r") : NULL;
  if (file == NULL) {
    fputs("usage: ssa NETWORK EVENTS\n", stderr);
    return 1;
  }
  const int species = number(file), count = number(file);
  const long events = atol(argv[2]);
  double *start = malloc(sizeof(double) * species), *n = malloc(sizeof(double) * species);
  double *a = malloc(sizeof(double) * (count + 1));
  for (int s = 0; s < species; s++) start[s] = number(file);
  Channel *channels = calloc(count, sizeof(Channel));
  for (int i = 0; i < count; i++) {
    Channel *c = &channels[i];
    c->coefficient = number(file);
    c->factors = number(file);
    c->species = malloc(sizeof(int) * (c->factors + 1));
    for (int f = 0; f < c->factors; f++) c->species[f] = number(file);
    c->changes = number(file);
    c->changed = malloc(sizeof(int) * (c->changes + 1));
    c->values = malloc(sizeof(double) * (c->changes + 1));
    for (int k = 0; k < c->changes; k++) {
      c->changed[k] = number(file);
      c->values[k] = number(file);
    }
  }
  link_channels(channels, count, species);
  double rounds[ROUNDS], t = 0;
  for (int round = 0; round < ROUNDS; round++) {
    seed(SEED);
    memcpy(n, start, sizeof(double) * species);
    double total = 0;
    for (int i = 0; i < count; i++) total += a[i] = propensity(&channels[i], n);
    t = 0;
    const clock_t began = clock();
    for (long event = 0; event < events && total > 0; event++) {
      t -= log(1 - uniform()) / total;
      const double target = uniform() * total;
      double sum = a[0];
      int i = 0;
      while (sum <= target && i < count - 1) sum += a[++i];
      const Channel *c = &channels[i];
      for (int k = 0; k < c->changes; k++) n[c->changed[k]] += c->values[k];
      for (int d = 0; d < c->dependents; d++) {
        const int j = c->dependent[d];
        const double now = propensity(&channels[j], n);
        total += now - a[j];
        a[j] = now;
      }
    }
    rounds[round] = 1e9 * (clock() - began) / CLOCKS_PER_SEC / events;
  }
  qsort(rounds, ROUNDS, sizeof(double), by_value);
  printf("%.3f %.6g\n", rounds[ROUNDS / 2], t);
  return 0;
}

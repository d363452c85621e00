/*
 * The kernel's LU (assembly/linalg/lu.ts), natively: the same loops over the same tables.
 *
 *   lu PATTERN MILLISECONDS
 *
 * prints FACTOR_US SOLVE_US, medians over calls. PATTERN is whole numbers apart by white space: unknowns, entries of
 * L + U, segments; starts of rows, columns, places of diagonals; with segments: their starts, ends of single entries,
 * ends of runs.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "timing.h"

#define LEAST_CALLS 5
#define MOST_CALLS 100000
/* Dominates every row of the matrix made here. */
#define SHIFT 1e3

typedef struct {
  int count, fill, segments;
  int *rows, *columns, *diagonals, *starts, *single_ends, *run_ends;
} Pattern;

static int *integers(FILE *file, int count) {
  int *values = malloc(sizeof(int) * (count > 0 ? count : 1));
  for (int i = 0; i < count; i++)
    if (values == NULL || fscanf(file, "%d", &values[i]) != 1) {
      fputs("the pattern ends too early, or is too long\n", stderr);
      exit(1);
    }
  return values;
}

static int factor(const Pattern *p, const double *restrict jac, double *restrict lu, double *restrict pivots,
                  double *restrict row, double shift) {
  const int *restrict rows = p->rows, *restrict columns = p->columns, *restrict diagonals = p->diagonals;
  int begin = 0;
  for (int i = 0; i < p->count; i++) {
    const int end = rows[i + 1], diagonal = diagonals[i];
    for (int e = begin; e < end; e++) row[columns[e]] = -jac[e];
    row[i] += shift;
    for (int e = begin; e < diagonal; e++) {
      const int k = columns[e];
      const double multiplier = row[k] * pivots[k];
      lu[e] = multiplier;
      int u = diagonals[k] + 1;
      if (p->segments > 0) {
        for (int s = p->starts[k]; s < p->starts[k + 1]; s++) {
          for (; u < p->single_ends[s]; u++) row[columns[u]] -= multiplier * lu[u];
          const int length = p->run_ends[s] - u;
          if (length == 0) continue;
          double *restrict to = row + columns[u];
          const double *restrict from = lu + u;
          for (int j = 0; j < length; j++) to[j] -= multiplier * from[j];
          u += length;
        }
        continue;
      }
      for (; u < rows[k + 1]; u++) row[columns[u]] -= multiplier * lu[u];
    }
    for (int e = diagonal; e < end; e++) lu[e] = row[columns[e]];
    const double pivot = 1 / row[i];
    if (!(pivot - pivot == 0)) return i;
    pivots[i] = pivot;
    begin = end;
  }
  return -1;
}

static void solve(const Pattern *p, const double *restrict lu, const double *restrict pivots, double *restrict x,
                  const double *restrict add) {
  int e = 0;
  for (int i = 0; i < p->count; i++) {
    double sum = x[i] + add[i];
    for (; e < p->diagonals[i]; e++) sum -= lu[e] * x[p->columns[e]];
    x[i] = sum;
    e = p->rows[i + 1];
  }
  for (int i = p->count - 1; i >= 0; i--) {
    double sum = x[i];
    for (int u = p->diagonals[i] + 1; u < p->rows[i + 1]; u++) sum -= lu[u] * x[p->columns[u]];
    x[i] = sum * pivots[i];
  }
}

int main(int given, char **argument) {
  FILE *file = given == 3 ? fopen(argument[1], "r") : NULL;
  if (file == NULL) {
    fputs("usage: lu PATTERN MILLISECONDS\n", stderr);
    return 1;
  }
  Pattern p;
  int *sizes = integers(file, 3);
  p.count = sizes[0], p.fill = sizes[1], p.segments = sizes[2];
  p.rows = integers(file, p.count + 1);
  p.columns = integers(file, p.fill);
  p.diagonals = integers(file, p.count);
  p.starts = integers(file, p.segments > 0 ? p.count + 1 : 0);
  p.single_ends = integers(file, p.segments);
  p.run_ends = integers(file, p.segments);
  double *jac = malloc(sizeof(double) * p.fill), *lu = malloc(sizeof(double) * p.fill);
  double *pivots = malloc(sizeof(double) * p.count), *row = malloc(sizeof(double) * p.count);
  double *x = malloc(sizeof(double) * p.count), *add = calloc(p.count, sizeof(double));
  for (int e = 0; e < p.fill; e++) jac[e] = (e * 7919L % 1009) / 1009.0;
  const double budget = atof(argument[2]) * 1e3;
  double *factors = malloc(sizeof(double) * MOST_CALLS), *solves = malloc(sizeof(double) * MOST_CALLS);
  int calls = 0;
  for (double used = 0; calls < LEAST_CALLS || (used < budget && calls < MOST_CALLS); calls++) {
    for (int i = 0; i < p.count; i++) x[i] = 1;
    const double began = now();
    if (factor(&p, jac, lu, pivots, row, SHIFT) >= 0) return 1;
    const double between = now();
    solve(&p, lu, pivots, x, add);
    const double ended = now();
    factors[calls] = between - began;
    solves[calls] = ended - between;
    used += ended - began;
  }
  printf("%.6g %.6g\n", median(factors, calls), median(solves, calls));
  /* The result is used. */
  return isnan(x[0]);
}

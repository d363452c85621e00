/*
 * CVODE (Hindmarsh et al. 2005) on a mass-action problem: BDF, Newton, analytic Jacobian, memory reused between solves.
 *
 *   cvode PROBLEM dense|amd|colamd RTOL ATOL MILLISECONDS SECONDS
 *
 * Solves until MILLISECONDS are used up, at least once, and gives up on a solve after SECONDS. Prints
 *
 *   done MEDIAN_US DEVIATION_US SOLVES STEPS, then the end state, one number a line; or
 *   slow; or
 *   failed FLAG
 *
 * PROBLEM is text, numbers apart by white space:
 *
 *   species reactions end
 *   initial concentrations
 *   for each reaction: k, number of factors, factors, number of changes, species and amount of each
 *
 * A factor is a species; one of order 2 stands twice. The rate is k times the product of the factors.
 */
#include <cvode/cvode.h>
#include <math.h>
#include <nvector/nvector_serial.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>
#include <sys/time.h>
#include "timing.h"
#ifndef WITHOUT_KLU
#include <sunlinsol/sunlinsol_klu.h>
#include <sunmatrix/sunmatrix_sparse.h>
#endif

#define MAX_STEPS 500000
#define MAX_SAMPLES 100000

/* Lists of one kind, list r from start[r] to start[r + 1]. */
typedef struct {
  int *start;
  int *at;
  double *value;
} Lists;

/* Reactions are sorted by their number of factors: the loops over those of none, one and two have no inner loop. */
typedef struct {
  int species, reactions;
  int none, one, two;
  double end;
  double *initial, *k, *rate;
  Lists factors, changes;
  /* Entries of the Jacobian: partial derivative p of a rate, weight[p] times other factors, goes to places. */
  int partials;
  double *weight;
  Lists others, places;
  int nonzeros;
  int *columnStart, *rowOf;
} Problem;

static volatile sig_atomic_t expired = 0;

static void expire(int signal) {
  (void)signal;
  expired = 1;
}

static void *reserve(size_t bytes) {
  void *memory = malloc(bytes > 0 ? bytes : 1);
  if (memory == NULL) {
    fputs("out of memory\n", stderr);
    exit(1);
  }
  return memory;
}

static double number(FILE *file) {
  double value;
  if (fscanf(file, "%lf", &value) != 1) {
    fputs("the problem file ends too early\n", stderr);
    exit(1);
  }
  return value;
}

typedef struct {
  double k;
  int factors, changes;
  int *factor, *changed;
  double *amount;
} Reaction;

static int by_factors(const void *a, const void *b) {
  return ((const Reaction *)a)->factors - ((const Reaction *)b)->factors;
}

static Reaction read_reaction(FILE *file) {
  Reaction reaction;
  reaction.k = number(file);
  reaction.factors = (int)number(file);
  reaction.factor = reserve(sizeof(int) * reaction.factors);
  for (int f = 0; f < reaction.factors; f++) reaction.factor[f] = (int)number(file);
  reaction.changes = (int)number(file);
  reaction.changed = reserve(sizeof(int) * reaction.changes);
  reaction.amount = reserve(sizeof(double) * reaction.changes);
  for (int c = 0; c < reaction.changes; c++) {
    reaction.changed[c] = (int)number(file);
    reaction.amount[c] = number(file);
  }
  return reaction;
}

static Lists new_lists(int lists, int entries) {
  Lists made = {reserve(sizeof(int) * (lists + 1)), reserve(sizeof(int) * entries), reserve(sizeof(double) * entries)};
  made.start[0] = 0;
  return made;
}

static int by_number(const void *a, const void *b) {
  long x = *(const long *)a, y = *(const long *)b;
  return x < y ? -1 : x > y;
}

/* The pattern by columns, with the whole diagonal. Positions are column * species + row. */
static void make_pattern(Problem *p, long *positions, int count) {
  qsort(positions, count, sizeof(long), by_number);
  p->rowOf = reserve(sizeof(int) * count);
  p->columnStart = calloc(p->species + 1, sizeof(int));
  p->nonzeros = 0;
  for (int e = 0; e < count; e++) {
    if (e > 0 && positions[e] == positions[e - 1]) continue;
    positions[p->nonzeros] = positions[e];
    p->rowOf[p->nonzeros++] = (int)(positions[e] % p->species);
    p->columnStart[positions[e] / p->species + 1]++;
  }
  for (int j = 0; j < p->species; j++) p->columnStart[j + 1] += p->columnStart[j];
}

static int place_of(const Problem *p, int row, int column) {
  int low = p->columnStart[column], high = p->columnStart[column + 1] - 1;
  while (low < high) {
    int middle = (low + high) / 2;
    if (p->rowOf[middle] < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* Differentiates every rate by each of its factors; dense places are column-major, sparse ones index the pattern. */
static void make_jacobian(Problem *p, int dense) {
  int partials = 0, others = 0, places = 0;
  for (int r = 0; r < p->reactions; r++) {
    int factors = p->factors.start[r + 1] - p->factors.start[r];
    partials += factors;
    others += factors * (factors - 1);
    places += factors * (p->changes.start[r + 1] - p->changes.start[r]);
  }
  p->weight = reserve(sizeof(double) * partials);
  p->others = new_lists(partials, others);
  p->places = new_lists(partials, places);
  long *positions = reserve(sizeof(long) * (places + p->species));
  int *column = reserve(sizeof(int) * partials);
  int *row = reserve(sizeof(int) * places);
  p->partials = 0;
  others = places = 0;
  for (int r = 0; r < p->reactions; r++) {
    for (int f = p->factors.start[r]; f < p->factors.start[r + 1]; f++) {
      int species = p->factors.at[f], order = 0, first = 1;
      for (int g = p->factors.start[r]; g < p->factors.start[r + 1]; g++) {
        if (p->factors.at[g] != species) continue;
        order++;
        if (g < f) first = 0;
      }
      if (!first) continue;
      p->weight[p->partials] = p->k[r] * order;
      for (int g = p->factors.start[r]; g < p->factors.start[r + 1]; g++)
        if (g != f) p->others.at[others++] = p->factors.at[g];
      for (int c = p->changes.start[r]; c < p->changes.start[r + 1]; c++) {
        positions[places] = (long)species * p->species + p->changes.at[c];
        row[places] = p->changes.at[c];
        p->places.value[places++] = p->changes.value[c];
      }
      column[p->partials++] = species;
      p->others.start[p->partials] = others;
      p->places.start[p->partials] = places;
    }
  }
  for (int i = 0; i < p->species; i++) positions[places + i] = (long)i * p->species + i;
  make_pattern(p, positions, places + p->species);
  for (int e = 0; e < p->partials; e++)
    for (int q = p->places.start[e]; q < p->places.start[e + 1]; q++)
      p->places.at[q] = dense ? column[e] * p->species + row[q] : place_of(p, row[q], column[e]);
  free(positions);
  free(column);
  free(row);
}

static Problem read_problem(const char *path) {
  FILE *file = fopen(path, "r");
  if (file == NULL) {
    perror(path);
    exit(1);
  }
  Problem p;
  p.species = (int)number(file);
  p.reactions = (int)number(file);
  p.end = number(file);
  p.initial = reserve(sizeof(double) * p.species);
  for (int i = 0; i < p.species; i++) p.initial[i] = number(file);
  Reaction *list = reserve(sizeof(Reaction) * p.reactions);
  int factors = 0, changes = 0;
  for (int r = 0; r < p.reactions; r++) {
    list[r] = read_reaction(file);
    factors += list[r].factors;
    changes += list[r].changes;
  }
  fclose(file);
  qsort(list, p.reactions, sizeof(Reaction), by_factors);
  p.k = reserve(sizeof(double) * p.reactions);
  p.rate = reserve(sizeof(double) * p.reactions);
  p.factors = new_lists(p.reactions, factors);
  p.changes = new_lists(p.reactions, changes);
  p.none = p.one = p.two = factors = changes = 0;
  for (int r = 0; r < p.reactions; r++) {
    Reaction *from = &list[r];
    p.k[r] = from->k;
    p.none += from->factors == 0;
    p.one += from->factors <= 1;
    p.two += from->factors <= 2;
    for (int f = 0; f < from->factors; f++) p.factors.at[factors++] = from->factor[f];
    for (int c = 0; c < from->changes; c++) {
      p.changes.at[changes] = from->changed[c];
      p.changes.value[changes++] = from->amount[c];
    }
    p.factors.start[r + 1] = factors;
    p.changes.start[r + 1] = changes;
    free(from->factor);
    free(from->changed);
    free(from->amount);
  }
  free(list);
  return p;
}

static int derivative(realtype t, N_Vector state, N_Vector slope, void *data) {
  (void)t;
  if (expired) return -1;
  const Problem *p = data;
  const double *restrict y = N_VGetArrayPointer(state);
  double *restrict out = N_VGetArrayPointer(slope);
  double *restrict rate = p->rate;
  const int *restrict start = p->factors.start, *restrict at = p->factors.at;
  int r = 0;
  for (; r < p->none; r++) rate[r] = p->k[r];
  for (int f = start[r]; r < p->one; r++, f++) rate[r] = p->k[r] * y[at[f]];
  for (int f = start[r]; r < p->two; r++, f += 2) rate[r] = p->k[r] * y[at[f]] * y[at[f + 1]];
  for (; r < p->reactions; r++) {
    double product = p->k[r];
    for (int f = start[r]; f < start[r + 1]; f++) product *= y[at[f]];
    rate[r] = product;
  }
  memset(out, 0, sizeof(double) * p->species);
  const int *restrict changeStart = p->changes.start, *restrict changed = p->changes.at;
  const double *restrict amount = p->changes.value;
  for (r = 0; r < p->reactions; r++)
    for (int c = changeStart[r]; c < changeStart[r + 1]; c++) out[changed[c]] += amount[c] * rate[r];
  return 0;
}

static void add_partials(const Problem *p, const double *restrict y, double *restrict out) {
  for (int e = 0; e < p->partials; e++) {
    double partial = p->weight[e];
    for (int g = p->others.start[e]; g < p->others.start[e + 1]; g++) partial *= y[p->others.at[g]];
    for (int q = p->places.start[e]; q < p->places.start[e + 1]; q++)
      out[p->places.at[q]] += p->places.value[q] * partial;
  }
}

static int dense_jacobian(realtype t, N_Vector state, N_Vector slope, SUNMatrix matrix, void *data, N_Vector a,
                          N_Vector b, N_Vector c) {
  (void)t, (void)slope, (void)a, (void)b, (void)c;
  SUNMatZero(matrix);
  add_partials(data, N_VGetArrayPointer(state), SUNDenseMatrix_Data(matrix));
  return 0;
}

#ifndef WITHOUT_KLU
static int sparse_jacobian(realtype t, N_Vector state, N_Vector slope, SUNMatrix matrix, void *data, N_Vector a,
                           N_Vector b, N_Vector c) {
  (void)t, (void)slope, (void)a, (void)b, (void)c;
  const Problem *p = data;
  sunindextype *columns = SUNSparseMatrix_IndexPointers(matrix), *rows = SUNSparseMatrix_IndexValues(matrix);
  double *values = SUNSparseMatrix_Data(matrix);
  for (int j = 0; j <= p->species; j++) columns[j] = p->columnStart[j];
  for (int e = 0; e < p->nonzeros; e++) rows[e] = p->rowOf[e];
  memset(values, 0, sizeof(double) * p->nonzeros);
  add_partials(p, N_VGetArrayPointer(state), values);
  return 0;
}
#endif

static void set_alarm(double seconds) {
  struct itimerval timer = {{0, 0}, {(time_t)seconds, (suseconds_t)((seconds - floor(seconds)) * 1e6)}};
  setitimer(ITIMER_REAL, &timer, NULL);
}

static void need(int flag, const char *what) {
  if (flag >= 0) return;
  fprintf(stderr, "%s returned %d\n", what, flag);
  exit(1);
}

int main(int count, char **given) {
  if (count != 7) {
    fputs("usage: cvode PROBLEM dense|amd|colamd RTOL ATOL MILLISECONDS SECONDS\n", stderr);
    return 1;
  }
  const int dense = strcmp(given[2], "dense") == 0;
  const double rtol = atof(given[3]), atol = atof(given[4]);
  const double budget = atof(given[5]) * 1e3, limit = atof(given[6]);
  Problem p = read_problem(given[1]);
  make_jacobian(&p, dense);

  SUNContext context;
  need(SUNContext_Create(NULL, &context), "SUNContext_Create");
  N_Vector y = N_VNew_Serial(p.species, context);
  double *state = N_VGetArrayPointer(y);
  memcpy(state, p.initial, sizeof(double) * p.species);
  void *solver = CVodeCreate(CV_BDF, context);
  need(CVodeInit(solver, derivative, 0, y), "CVodeInit");
  need(CVodeSStolerances(solver, rtol, atol), "CVodeSStolerances");
  need(CVodeSetUserData(solver, &p), "CVodeSetUserData");
  need(CVodeSetMaxNumSteps(solver, MAX_STEPS), "CVodeSetMaxNumSteps");
  need(CVodeSetErrFile(solver, NULL), "CVodeSetErrFile");
  SUNMatrix matrix;
  SUNLinearSolver linear;
  if (dense) {
    matrix = SUNDenseMatrix(p.species, p.species, context);
    linear = SUNLinSol_Dense(y, matrix, context);
    need(CVodeSetLinearSolver(solver, linear, matrix), "CVodeSetLinearSolver");
    need(CVodeSetJacFn(solver, dense_jacobian), "CVodeSetJacFn");
  } else {
#ifdef WITHOUT_KLU
    fputs("built without KLU\n", stderr);
    return 1;
#else
    matrix = SUNSparseMatrix(p.species, p.species, p.nonzeros, CSC_MAT, context);
    linear = SUNLinSol_KLU(y, matrix, context);
    need(SUNLinSol_KLUSetOrdering(linear, strcmp(given[2], "amd") == 0 ? 0 : 1), "SUNLinSol_KLUSetOrdering");
    need(CVodeSetLinearSolver(solver, linear, matrix), "CVodeSetLinearSolver");
    need(CVodeSetJacFn(solver, sparse_jacobian), "CVodeSetJacFn");
#endif
  }

  signal(SIGALRM, expire);
  double *samples = reserve(sizeof(double) * MAX_SAMPLES), used = 0;
  int solves = 0;
  while (solves < MAX_SAMPLES && (solves == 0 || used < budget)) {
    realtype reached;
    set_alarm(limit);
    const double began = now();
    memcpy(state, p.initial, sizeof(double) * p.species);
    CVodeReInit(solver, 0, y);
    const int flag = CVode(solver, p.end, y, &reached, CV_NORMAL);
    samples[solves] = now() - began;
    if (expired) {
      puts("slow");
      return 0;
    }
    if (flag < 0) {
      printf("failed %s\n", CVodeGetReturnFlagName(flag));
      return 0;
    }
    used += samples[solves++];
  }
  set_alarm(0);
  long steps;
  CVodeGetNumSteps(solver, &steps);
  const double middle = median(samples, solves);
  for (int i = 0; i < solves; i++) samples[i] = fabs(samples[i] - middle);
  printf("done %.6g %.6g %d %ld\n", middle, median(samples, solves), solves, steps);
  for (int i = 0; i < p.species; i++) printf("%.17g\n", state[i]);
  return 0;
}

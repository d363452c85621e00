/* Debian keeps it in a folder of its own, SUNDIALS includes it by its bare name. */
#include <suitesparse/klu.h>

/* The number on which generated C and this runtime must agree; it changes with any change of tr.h that they share. */
#ifndef TR_ABI_H
#define TR_ABI_H

#define TR_ABI 2

#endif

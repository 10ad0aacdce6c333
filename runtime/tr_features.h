/* What the program uses of the runtime: everything. In a bundle trc writes here what its program uses (tr_config.h). */

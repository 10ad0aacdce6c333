# Makes the table of token names (tokens.h) from the header that lemon writes.
BEGIN { print "#include \"tokens.h\"\n\nconst char *const token_names[] = {\n    \"END\"," }
/^#define TK_/ { printf "    \"%s\",\n", substr($2, 4) }
END { print "};" }

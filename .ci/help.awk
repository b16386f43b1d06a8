# Prints the verbs of the Makefile: `verb: ... ## What it does`, under `##@ Heading`.
BEGIN { FS = ":.*## " }
/^##@/ { printf "\n%s\n", substr($0, 5) }
/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $1, $2 }

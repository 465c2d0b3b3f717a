package diag

// A Rule explains to a person what problems of this name mean. `explain` prints it, and docs/rules.md is
// generated from it.
type Rule struct {
	// Name is stable: a Problem carries it, and [check] sets it.
	Name string
	// Severity is the rule's default severity.
	Severity Severity
	// Says is when the rule reports, Why what goes wrong if nobody acts, Do how to correct it: each one or
	// more whole sentences. Why may be empty if Says explains it.
	Says, Why, Do string
	// Limits are the numbers of the rule that [check] can set; nil if it has none.
	Limits []Limit
}

// A Limit is a number that a rule uses.
type Limit struct {
	Name string
	// Value is the default.
	Value int64
	// Means says what is counted, in a few words without a full stop.
	Means string
}

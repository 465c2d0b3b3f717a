package diag

// A Rule tells a person what a problem of its name means. `explain` prints it, and
// docs/rules.md is made of it.
type Rule struct {
	// Name is stable: it is what a Problem carries, and what [check] sets.
	Name string
	// Severity is the rule's own.
	Severity Severity
	// Says is when it speaks, Why what is lost where nobody acts, Do how it is put
	// right: each one or more whole sentences. Why may be empty where Says tells it.
	Says, Why, Do string
	// Limits are the numbers of the rule that [check] can set; nil where it has none.
	Limits []Limit
}

// A Limit is a number that a rule goes by.
type Limit struct {
	Name string
	// Value is what holds where none is set.
	Value int64
	// Means says what is counted, in a few words without a full stop.
	Means string
}

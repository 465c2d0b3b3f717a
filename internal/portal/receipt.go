package portal

// A Receipt says of a commitment that it was kept, and how.
type Receipt struct {
	*Commitment
}

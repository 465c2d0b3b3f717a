package client

import (
	"slices"
	"strconv"

	"portalgen/internal/civil"
)

// A PrivateFile is data/private/ID.toml: notes that no page ever shows.
type PrivateFile struct {
	// Why you work for this client, and what they mean to you.
	Fit Fit `toml:"fit"`
	// What you notice and would not say, and how things may look to the client.
	Observations []Observation `toml:"observation"`
}

// Fit says why the provider works for this client, and the client's share of revenue.
type Fit struct {
	Item
	// Why you work for this client.
	Why string `toml:"why"`
	// Their share of your revenue, as a text: "9 %".
	ShareOfRevenue string `toml:"share_of_revenue"`
}

// An Observation is a gut feeling or the client's point of view.
type Observation struct {
	Item
	// The day on which you noticed it.
	On civil.Moment `toml:"on" need:"yes"`
	// What you noticed.
	Text string `toml:"text" need:"yes"`
	// Whom or what it is about, in any words.
	About string `toml:"about"`
	// How it may look to the client.
	TheirView string `toml:"their_view"`
	// Which of the three it is: an expectation was not met, an intention was blocked, or something was not
	// said.
	Upset string `toml:"upset" oneof:"unmet-expectation thwarted-intent undelivered-communication"`
	// What you will do about it, and when.
	NextStep string `toml:"next_step"`
	// The day on which you did it.
	Done civil.Moment `toml:"done"`
}

// ObservationCalled returns the name by which commands refer to observation i of all: its day, or its number
// from 1 if another one has the same day.
func ObservationCalled(all []Observation, i int) string {
	sameDay := func(o Observation) bool { return o.On == all[i].On }
	if slices.ContainsFunc(all[:i], sameDay) || slices.ContainsFunc(all[i+1:], sameDay) {
		return strconv.Itoa(i + 1)
	}
	return all[i].On.String()
}

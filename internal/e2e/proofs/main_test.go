// Package proofs searches for what must not be: words of a client in what is published, on
// the machine that builds, or on a reader's device; bytes that are not the same everywhere.
// Each proof first finds what is planted for it.
//
// It sees the program from outside, and runs it as a process of its own.
package proofs

import (
	"testing"

	"portalgen/internal/e2e"
)

func TestMain(m *testing.M) { e2e.Main(m) }

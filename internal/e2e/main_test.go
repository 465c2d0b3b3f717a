// The files of the tests tell what they are about:
//
//   - reader: how a portal is opened, kept on the device and locked, with a passphrase or a link, as people
//     come and go, in browsers that refuse this or that
//   - replies: what a reader answers in the pages of a portal, sealed in a real browser, left in a real inbox
//     or begun as a mail, and opened as the provider's program does
//   - preview: a site as its provider sees it while writing: served, watched, and brought up to date in pages
//     that are open
//   - proofs: what must not be is searched for: words of a client in what is published, on the machine that
//     builds, or on a reader's device; bytes that are not the same everywhere. Each proof first finds what is
//     planted for it
package e2e_test

import (
	"testing"

	"portalgen/internal/e2e"
)

func TestMain(m *testing.M) { e2e.Main(m) }

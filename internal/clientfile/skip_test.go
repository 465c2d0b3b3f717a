package clientfile

import (
	"strings"
	"testing"
)

// An hour that the client's clocks pass over is a mistake of its line, wherever a date
// stands; one that comes twice, and one with a zone of its own, are none.
func TestHoursThatDoNotExist(t *testing.T) {
	t.Parallel()
	const head = "client = \"Acme\"\ntimezone = \"Europe/Berlin\"\n[people]\nana = { name = \"Ana\", side = \"client\" }\ndev = { name = \"Dev\", side = \"provider\" }\n"
	check := "[[check_in]]\non = 2026-03-02\nnext_check_in = "
	for _, tt := range []struct{ file, want string }{
		{head + check + "2026-03-29T02:30:00\n", "8:17: 2026-03-29T02:30:00 does not exist in Europe/Berlin: clocks go from 2026-03-29T02:00:00 to 2026-03-29T03:00:00"},
		{head + check + "2026-03-29T02:00:00\n", "2026-03-29T02:00:00 does not exist"},
		{head + check + "2026-03-29T01:59:59\n", ""},
		{head + check + "2026-03-29T03:00:00\n", ""},
		{head + check + "2026-10-25T02:30:00\n", ""},
		{head + check + "2026-03-29T02:30:00Z\n", ""},
		{head + check + "2026-03-29\n", ""},
		{strings.Replace(head, "Europe/Berlin", "America/New_York", 1) + check + "2026-03-29T02:30:00\n", ""},
		{strings.Replace(head, "Europe/Berlin", "America/New_York", 1) + check + "2026-03-08T02:59:00\n", "clocks go from 2026-03-08T02:00:00 to 2026-03-08T03:00:00"},
		{head + "[[commitment]]\ntitle = \"Sign\"\ncustomer = \"ana\"\nperformer = \"dev\"\nmoves = [\n" +
			"{ on = 2026-03-02, by = \"ana\", did = \"request\", due = 2026-03-29T02:30:00 },\n]\n", "11:55: 2026-03-29T02:30:00 does not exist"},
	} {
		_, ps := Client("acme", Source{Name: "acme.toml", Text: []byte(tt.file)}, Options{})
		got := ps.Error()
		if (tt.want == "") != (len(ps) == 0) || !strings.Contains(got, tt.want) {
			t.Errorf("%s\ngot  %q\nwant %q", tt.file, got, tt.want)
		}
	}
}

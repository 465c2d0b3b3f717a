package e2e_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"io"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"portalgen/internal/e2e"
)

// A haystack is much text to search for many needles, in lower case.
type haystack struct {
	text   []byte
	names  []string
	starts []int
}

// stack makes a haystack of texts by their names.
func stack(texts map[string][]byte) *haystack {
	size := 0
	for _, text := range texts {
		size += len(text) + 1
	}
	h := &haystack{text: make([]byte, 0, size)}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		h.names, h.starts = append(h.names, name), append(h.starts, len(h.text))
		h.text = append(append(h.text, bytes.ToLower(texts[name])...), 0)
	}
	return h
}

// find returns where needles of at least so many bytes stand. It goes through the text once: what needles begin
// with leads to them.
func (h *haystack) find(needles []string, least int) []string {
	begin := map[string][]string{}
	var pairs [1 << 16]bool // of the first two bytes
	for _, needle := range needles {
		if lower := strings.ToLower(needle); len(lower) >= least {
			begin[lower[:least]] = append(begin[lower[:least]], lower)
			pairs[int(lower[0])<<8|int(lower[1])] = true
		}
	}
	var found []string
	for at := range max(0, len(h.text)-least) {
		if !pairs[int(h.text[at])<<8|int(h.text[at+1])] {
			continue
		}
		for _, needle := range begin[string(h.text[at:at+least])] {
			if bytes.HasPrefix(h.text[at:], []byte(needle)) {
				in := sort.SearchInts(h.starts, at+1) - 1
				found = append(found, fmt.Sprintf("%q in %s", needle, h.names[in]))
			}
		}
	}
	return found
}

// haystacks are those of what a build has published.
type haystacks struct {
	// paths are all paths. shells are the files without what is sealed in them and
	// without the tokens of addresses. deep is everything, as it is and decoded.
	paths, shells, deep *haystack
}

func stackAll(files map[string][]byte) haystacks {
	paths, shells, deep := map[string][]byte{}, map[string][]byte{}, map[string][]byte{}
	for name, text := range files {
		paths[name] = []byte(name)
		if utf8.Valid(text) {
			shells[name] = sealed.ReplaceAll(text, nil)
		}
		for form, decoded := range deepForms(text) {
			deep[name+", "+form] = decoded
		}
	}
	return haystacks{stack(paths), stack(shells), stack(deep)}
}

// wantNone wants no needle anywhere. Tokens and sealed bytes are random, and a short word
// stands in so many of them by chance: what is looked for there has seven bytes or more.
func (h haystacks) wantNone(t *testing.T, needles []string) {
	t.Helper()
	for _, found := range slices.Concat(h.paths.find(needles, 7), h.shells.find(needles, 5), h.deep.find(needles, 7)) {
		t.Errorf("published: %s", found)
	}
}

var (
	base32Run = regexp.MustCompile(`[A-Za-z2-7]{16,}`)
	unicodeJS = regexp.MustCompile(`\\u([0-9a-fA-F]{4})`)
	attribute = regexp.MustCompile(`[A-Za-z0-9+/]{16,}={0,2}`)
)

// deepForms returns a text as it is and in all forms that it might be a form of.
func deepForms(text []byte) map[string][]byte {
	all := forms(text)
	runs := base32Run.FindAll(text, -1)
	for shift := range 8 {
		var decoded []byte
		for _, run := range runs {
			digits := strings.ToUpper(string(run[shift:]))
			if slices.Contains([]int{1, 3, 6}, len(digits)%8) {
				digits = digits[:len(digits)-1] // no byte ends there
			}
			out, _ := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(digits) // no digit but those of base32
			decoded = append(append(decoded, out...), '\n')
		}
		all["base32"+strings.Repeat("'", shift)] = decoded
	}
	unescaped, err := url.PathUnescape(percent.ReplaceAllString(string(text), "%25$1"))
	if err == nil {
		all["percent"] = []byte(unescaped)
	}
	all["entities"] = []byte(html.UnescapeString(string(text)))
	all["escapes"] = unicodeJS.ReplaceAllFunc(text, func(escape []byte) []byte {
		code, _ := strconv.ParseUint(string(escape[2:]), 16, 32) // four digits are a number
		return []byte(string(rune(code)))
	})
	var inflated []byte
	for _, packed := range append(attribute.FindAll(text, -1), nil) {
		if packed == nil {
			packed = text
		} else if packed, err = base64.StdEncoding.DecodeString(string(packed)); err != nil {
			continue
		}
		inflated = append(inflated, inflate(packed)...)
	}
	all["inflated"] = inflated
	return all
}

// percent matches a percent sign that begins no escape.
var percent = regexp.MustCompile(`%([^0-9a-fA-F]|[0-9a-fA-F][^0-9a-fA-F]|.?$)`)

// inflate returns whatever comes out of bytes that are, or hold within their first few
// or behind a header that can be told, a stream of deflate.
func inflate(packed []byte) (all []byte) {
	const most, heads = 1 << 20, 64
	keep := func(r io.Reader) {
		out, _ := io.ReadAll(io.LimitReader(r, most)) // what came before an error counts too
		if len(out) >= 4 {
			all = append(append(all, out...), '\n')
		}
	}
	r := flate.NewReader(nil) // used again and again: each has a window of 32 KB
	for at := range min(heads, len(packed)) {
		_ = r.(flate.Resetter).Reset(bytes.NewReader(packed[at:]), nil) // which never fails
		keep(r)
	}
	for at := range packed {
		switch rest := packed[at:]; {
		case bytes.HasPrefix(rest, []byte{0x1f, 0x8b, 8}):
			if r, err := gzip.NewReader(bytes.NewReader(rest)); err == nil {
				keep(r)
			}
		case rest[0] == 0x78 && len(rest) > 2:
			if r, err := zlib.NewReader(bytes.NewReader(rest)); err == nil {
				keep(r)
			}
		}
	}
	return all
}

// TestTheDeepSearchFinds plants a word in each of the forms, and in each of the places.
func TestTheDeepSearchFinds(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"Zqplantedword", "Zqümläutwört", "مكتوبهنا"} {
		var gz, zl, raw bytes.Buffer
		squeeze := func(w io.WriteCloser) {
			_, err := io.WriteString(w, "<p>some words before "+word+"</p>")
			e2e.Check(t, err)
			e2e.Check(t, w.Close())
		}
		squeeze(gzip.NewWriter(&gz))
		squeeze(zlib.NewWriter(&zl))
		deflater, err := flate.NewWriter(&raw, flate.BestCompression)
		e2e.Check(t, err)
		squeeze(deflater)
		inEnvelope := append(make([]byte, 18), raw.Bytes()...)
		escaped := ""
		for _, r := range word {
			escaped += fmt.Sprintf(`\u%04x`, r)
		}
		in64 := base64.StdEncoding.EncodeToString
		for form, text := range map[string]string{
			"plain": "<p>" + word + "</p>", "other case": strings.ToUpper(word),
			"base64": in64([]byte("about " + word)), "base64, shifted": "x" + in64([]byte("about "+word)),
			"base64url":                   base64.RawURLEncoding.EncodeToString([]byte("??>>" + word)),
			"base32":                      base32.StdEncoding.EncodeToString([]byte("about " + word)),
			"base32, lower case, shifted": "abc" + strings.ToLower(base32.StdEncoding.EncodeToString([]byte(word+" and more"))),
			"hexadecimal":                 "x" + hex.EncodeToString([]byte(word)),
			"percent":                     "100% of " + url.PathEscape(word), "entities": html.EscapeString("<b>") + entities(word), "escapes": escaped,
			"gzip": "\x00\x00" + gz.String(), "zlib": "\x00" + zl.String(), "deflate": raw.String(),
			"gzip in an attribute":    `<p data-body="` + in64(gz.Bytes()) + `">`,
			"deflate in an attribute": `<p data-body="` + in64(inEnvelope) + `">`,
		} {
			if found := stackAll(map[string][]byte{"f/index.html": []byte(text)}).deep.find([]string{word}, 7); len(found) == 0 {
				t.Errorf("%s: %q is not found", form, word)
			}
		}
		h := stackAll(map[string][]byte{"a/" + strings.ToUpper(word) + "/index.html": []byte("<!doctype html><p data-body=\"AAAA\">" + word)})
		if len(h.paths.find([]string{word}, 7)) == 0 || len(h.shells.find([]string{word}, 5)) == 0 {
			t.Errorf("%q is not found in a path, or not beside what is sealed", word)
		}
	}
}

// entities writes each letter as a numeric entity.
func entities(s string) (out string) {
	for _, r := range s {
		out += fmt.Sprintf("&#x%X;", r)
	}
	return out
}

package e2e_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// public are the keys whose values are words of the program, and those that are
// meant to be read.
var public = []string{"side", "did", "rag", "likelihood", "impact", "check_in", "language", "portal", "reply_latest"}

// words returns the strings and dates of a file as they are written, the ids in it,
// the file's name, and the long words of each string.
func words(t *testing.T, id string, text []byte) []string {
	t.Helper()
	var file map[string]any
	if _, err := toml.Decode(string(text), &file); err != nil {
		t.Fatal(err)
	}
	all := []string{id, id + ".toml"}
	var walk func(key string, value any)
	walk = func(key string, value any) {
		switch v := value.(type) {
		case map[string]any:
			for k, inner := range v {
				if key == "people" {
					all = append(all, k)
				}
				walk(k, inner)
			}
		case []map[string]any:
			for _, inner := range v {
				walk(key, inner)
			}
		case []any:
			for _, inner := range v {
				walk(key, inner)
			}
		case string:
			if !slices.Contains(public, key) {
				all = append(append(all, v), longWord.FindAllString(v, -1)...)
			}
		}
	}
	walk("", file)
	all = append(all, date.FindAllString(string(text), -1)...)
	all = slices.DeleteFunc(all, func(s string) bool { return len(s) < 4 || ours(s) })
	slices.Sort(all)
	return slices.Compact(all)
}

var (
	longWord = regexp.MustCompile(`\pL{8,}`)
	date     = regexp.MustCompile(`\b20\d\d-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?\b`)
	// provider is what may be read of testdata/site: name and contact.
	provider = []string{"Pine Works", "Ada Pine", "ada@pine.example", "+47 22 00 00 00"}
	// neutral are long words of the canary's file that are in everyone's gate too.
	neutral = regexp.MustCompile(`(?i)^(example|provider|passphrase|question)$`)
)

func ours(word string) bool { return slices.Contains(provider, word) || neutral.MatchString(word) }

func wantAbsent(t *testing.T, files map[string][]byte, needles []string) {
	t.Helper()
	for _, found := range find(files, needles) {
		t.Errorf("published: %s", found)
	}
}

// find returns where in the paths and bytes one of needles stands, in any case,
// plain or within a run of base64 or hexadecimal digits.
func find(files map[string][]byte, needles []string) []string {
	lower := make([][]byte, len(needles))
	for i, n := range needles {
		lower[i] = bytes.ToLower([]byte(n))
	}
	var found []string
	for name, text := range files {
		for form, haystack := range forms(append([]byte(name+"\n"), text...)) {
			haystack = bytes.ToLower(haystack)
			for i, n := range lower {
				if bytes.Contains(haystack, n) {
					found = append(found, needles[i]+" in "+name+", "+form)
				}
			}
		}
	}
	slices.Sort(found)
	return found
}

var (
	base64Run = regexp.MustCompile(`[A-Za-z0-9+/_-]{16,}`)
	hexRun    = regexp.MustCompile(`[0-9A-Fa-f]{16,}`)
)

// forms returns a text as it is and with what is encoded in it decoded. A run may
// begin before what is encoded, so each is read from its first few letters on.
func forms(text []byte) map[string][]byte {
	all := map[string][]byte{"plain": text}
	standard := strings.NewReplacer("-", "+", "_", "/")
	runs := base64Run.FindAll(text, -1)
	for shift := range 4 {
		var decoded []byte
		for _, run := range runs {
			digits := standard.Replace(string(run[shift:]))
			if len(digits)%4 == 1 {
				digits = digits[:len(digits)-1] // no byte ends there
			}
			out, _ := base64.RawStdEncoding.DecodeString(digits) // no digit but those of the alphabet
			decoded = append(append(decoded, out...), '\n')
		}
		all["base64"+strings.Repeat("'", shift)] = decoded
	}
	runs = hexRun.FindAll(text, -1)
	for shift := range 2 {
		var decoded []byte
		for _, run := range runs {
			digits := run[shift:]
			out, _ := hex.DecodeString(string(digits[:len(digits)&^1])) // no digit but those of hexadecimal
			decoded = append(append(decoded, out...), '\n')
		}
		all["hexadecimal"+strings.Repeat("'", shift)] = decoded
	}
	return all
}

// TestTheSearchFinds makes sure that the search would find what is there.
func TestTheSearchFinds(t *testing.T) {
	t.Parallel()
	const word = "Zqheadline of today"
	for what, text := range map[string]string{
		"plain":         "<p>" + word + "</p>",
		"other case":    strings.ToUpper(word),
		"base64":        base64.StdEncoding.EncodeToString([]byte("about " + word)),
		"base64, shift": "x" + base64.StdEncoding.EncodeToString([]byte("about "+word)),
		"base64url":     "k=" + base64.RawURLEncoding.EncodeToString([]byte("??>>"+word)),
		"hex":           hex.EncodeToString([]byte(word)),
	} {
		if found := find(map[string][]byte{"f": []byte(text)}, []string{word}); len(found) == 0 {
			t.Errorf("%s: not found in %s", what, text)
		}
	}
	if found := find(map[string][]byte{"a/zqheadline of today.html": nil}, []string{word}); len(found) == 0 {
		t.Error("not found in a path")
	}
}

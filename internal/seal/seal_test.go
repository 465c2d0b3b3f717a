package seal

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/sethvargo/go-diceware/diceware"
	"pgregory.net/rapid"
)

func TestMasterAsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := Master{drawKey(t, "master")}
		text := m.Reveal()
		if len(text) != len(masterPrefix)+8*masterGroup+7 {
			t.Fatalf("the key is %d long", len(text))
		}
		for _, typed := range []string{text, strings.ToUpper(text), "  " + text + "\n", strings.ReplaceAll(text, "-", " - ")} {
			if got, err := ParseMaster(typed); err != nil || !got.Equal(m) {
				t.Fatalf("%q does not read back: %v", typed, err)
			}
		}
		at := rapid.IntRange(len(masterPrefix), len(text)-1).Draw(t, "at")
		letter := rapid.StringMatching(`[a-z2-7]`).Draw(t, "letter")
		if mistyped := text[:at] + letter + text[at+1:]; mistyped != text {
			if _, err := ParseMaster(mistyped); err == nil || !strings.Contains(err.Error(), "mistyped") {
				t.Fatalf("a wrong letter: %v", err)
			}
		}
	})
}

func TestParseMasterRefuses(t *testing.T) {
	good := vMaster.Reveal()
	for name, text := range map[string]string{
		"nothing":         "",
		"no prefix":       good[len(masterPrefix):],
		"another version": strings.Replace(good, "key-1", "key-2", 1),
		"too short":       good[:len(good)-1],
		"too long":        good + "a",
		"a digit one":     good[:len(good)-1] + "1",
		"not ASCII":       good[:len(good)-2] + "é",
		"swapped groups":  good[:16] + good[24:31] + good[23:24] + good[16:23] + good[31:],
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ParseMaster(text)
			if err == nil {
				t.Fatal("accepted")
			}
			if tail := good[len(good)-7 : len(good)-2]; strings.Contains(err.Error(), tail) {
				t.Errorf("the error shows the key: %v", err)
			}
		})
	}
}

func TestKeysAreNotPrinted(t *testing.T) {
	m := Master{newSecret(bytes.Repeat([]byte("K"), keySize))}
	holder := struct {
		m    Master
		Link Link
		in   map[string]Root
	}{m, Link(m), map[string]Root{"r": Root(m)}}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "key", m, "holder", holder)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "key", m, "holder", holder)
	for _, text := range []string{
		fmt.Sprint(m), fmt.Sprintf("%v %+v %#v %s %x %q %d", m, m, m, m, m, m, m),
		fmt.Sprintf("%v %+v %#v %x", holder, holder, holder, holder), fmt.Sprintf("%v %x", &holder, &m), log.String(),
	} {
		for _, leak := range []string{"KKK", "4b4b4b", "75 75", "75,75", "0x4b"} {
			if strings.Contains(text, leak) {
				t.Errorf("a key is printed: %s", text)
			}
		}
	}
	if !(Master{}).IsZero() || m.IsZero() {
		t.Error("IsZero is wrong")
	}
}

func TestKeep(t *testing.T) {
	f := Field{Client: "acme", Name: "person", Associated: []string{"id", "maria"}}
	sealed := SealSecret(vMaster, f, vTheo)
	if root, err := OpenSecret[Root](vMaster, f, sealed); err != nil || !root.Equal(vTheo) {
		t.Fatalf("does not open: %v", err)
	}
	if bytes.Equal(sealed, SealSecret(vMaster, f, vTheo)) {
		t.Error("the nonce is not random")
	}
	for name, other := range map[string]Field{
		"client":       {"acmf", "person", []string{"id", "maria"}},
		"name":         {"acme", "link", []string{"id", "maria"}},
		"entry":        {"acme", "person", []string{"ie", "maria"}},
		"last field":   {"acme", "person", []string{"id", "marie"}},
		"number":       {"acme", "person", []string{"id"}},
		"empty field":  {"acme", "person", []string{"id", "maria", ""}},
		"border":       {"acmeperson", "", []string{"id", "maria"}},
		"inner border": {"acme", "person", []string{"idm", "aria"}},
	} {
		if _, err := OpenSecret[Root](vMaster, other, sealed); !errors.Is(err, ErrRefused) {
			t.Errorf("another %s: %v", name, err)
		}
	}
	if _, err := OpenSecret[Root](Master(vTheo), f, sealed); !errors.Is(err, ErrRefused) {
		t.Errorf("another master key: %v", err)
	}
	if _, err := OpenSecret[Root](vMaster, f, sealed[1:]); !errors.Is(err, ErrFormat) {
		t.Errorf("too short: %v", err)
	}
}

func TestPassphraseRefused(t *testing.T) {
	for name, typed := range map[string]string{
		"empty":            "",
		"white space":      " \t\u3000",
		"not UTF-8":        "a\xff",
		"too long":         strings.Repeat("a", maxPassphrase+1),
		"control":          "a\x00b",
		"private use":      "a\ue000",
		"unassigned":       "a\U000e0fff",
		"newer than 15":    "a\U0001ccd6", // of Unicode 16
		"grapheme joiner":  "a\u034fb",
		"too many accents": "a" + strings.Repeat("\u0301\u0327", 20),
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := normalizePassphrase(typed); err == nil {
				t.Errorf("accepted as %q", got)
			}
			if _, err := PersonRoot(typed, vSalt); err == nil {
				t.Error("made a root of it")
			}
		})
	}
}

func TestNormalFormHasNoStraySpace(t *testing.T) {
	genTyped := rapid.StringOfN(rapid.RuneFrom([]rune("aÉΣ \t\n\u0085\u00a0\u2003\u2028\u3000\ufeff\u0301ﬁ")), 1, 12, -1)
	rapid.Check(t, func(t *rapid.T) {
		normal, err := normalizePassphrase(genTyped.Draw(t, "typed"))
		if err != nil {
			return
		}
		if normal != strings.Join(strings.FieldsFunc(normal, isSpace), " ") {
			t.Fatalf("white space is left in %q", normal)
		}
	})
}

func TestNewPassphrase(t *testing.T) {
	if n := diceware.WordListEffLarge().(diceware.WordListNumWordser).NumWords(); n != 7776 {
		t.Errorf("the list has %d words", n)
	}
	seen := map[string]bool{}
	for i := range 50 {
		want := LeastWords + i%(MostWords-LeastWords+1)
		p := must(NewPassphrase(want))
		if words := strings.Fields(p); len(words) != want || strings.Join(words, " ") != p {
			t.Errorf("%q is not %d words", p, want)
		}
		if normal := must(normalizePassphrase(p)); normal != p || seen[p] {
			t.Errorf("%q comes to %q", p, normal)
		}
		seen[p] = true
	}
	for _, words := range []int{-1, 0, LeastWords - 1, MostWords + 1} {
		if p, err := NewPassphrase(words); err == nil {
			t.Errorf("%d words: %q", words, p)
		}
	}
}

// Of the list's 7,776 words 300 are left out, each of which is of the list. docs/security.md
// counts what a guess costs with those that remain.
func TestWordsThatAreDrawn(t *testing.T) {
	out := strings.Fields(leftOut)
	for _, word := range out {
		if !isListed(word) || isDrawn(word) {
			t.Errorf("%q is listed: %v, drawn: %v", word, isListed(word), isDrawn(word))
		}
	}
	drawn := 0
	for word := range listedWords() {
		if isDrawn(word) {
			drawn++
		}
	}
	if len(out) != 300 || drawn != 7476 {
		t.Errorf("%d words are left out and %d are drawn", len(out), drawn)
	}
	if isDrawn("zqgargle") || isListed("") {
		t.Error("a word that is not of the list is")
	}
	if bits := LeastWords * math.Log2(float64(drawn)); fmt.Sprintf("%.1f", bits) != "64.3" {
		t.Errorf("a passphrase has %f bits", bits)
	}
}

// Whatever comes up, the first passphrase without a word that is left out is the one.
func TestLeftOutWordsAreDrawnAgain(t *testing.T) {
	all := slices.Sorted(maps.Keys(listedWords()))
	isOut := func(words []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(strings.Fields(leftOut), w) })
	}
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.OneOf(rapid.SampledFrom(all), rapid.SampledFrom(strings.Fields(leftOut)))
		draws := rapid.SliceOfN(rapid.SliceOfN(word, LeastWords, LeastWords), 0, 8).Draw(t, "draws")
		draws = append(draws, strings.Fields("gargle unpaved yodel thimble outlast"))
		want := draws[slices.IndexFunc(draws, func(words []string) bool { return !isOut(words) })]
		next := 0
		got, err := firstOf(func() ([]string, error) { next++; return draws[next-1], nil })
		if err != nil || got != strings.Join(want, " ") {
			t.Fatalf("it comes to %q, %v", got, err)
		}
	})
	broken := errors.New("no dice")
	if _, err := firstOf(func() ([]string, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Errorf("without dice: %v", err)
	}
}

func TestPadded(t *testing.T) {
	for n, want := range map[int]int{
		0: 4096, 4096: 4096, 4097: 4352, 5000: 5120, 9000: 9216, 65536: 65536, 65537: 67584, 1 << 20: 1 << 20,
	} {
		if got := paddedSize(n); got != want {
			t.Errorf("paddedSize(%d) = %d, want %d", n, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(minPadded, 1<<30).Draw(t, "n")
		p := paddedSize(n)
		if p < n || paddedSize(p) != p || float64(p-n) > 0.12*float64(n) {
			t.Fatalf("paddedSize(%d) = %d", n, p)
		}
	})
}

func TestSealRefuses(t *testing.T) {
	p := pageAt("p", "")
	if _, err := vKey.PageKey(p).Seal(p, make([]byte, maxInflated+1)); err == nil {
		t.Error("sealed more than a reader takes")
	}
	full, err := vKey.PageKey(p).Seal(p, make([]byte, maxInflated))
	if got, openErr := vKey.PageKey(p).Open(p, full); err != nil || openErr != nil || len(got) != maxInflated {
		t.Errorf("16 MiB: %v, %v", err, openErr)
	}
	same := []Holder{{vTheo, "a"}, {vTheo, "b"}}
	if _, err := vMaker.Seal(vKey, same); !errors.Is(err, ErrSameRoot) {
		t.Errorf("one root twice: %v", err)
	}
	if _, err := vMaker.Seal(vKey, []Holder{{vTheo, strings.Repeat("x", MaxPerson+1)}}); err == nil {
		t.Error("sealed a long id")
	}
	if _, err := vMaker.Seal(vKey, manyHolders(maxSlots+1, Holder{vTheo, "a"})); err == nil {
		t.Error("sealed too many slots")
	}
	for _, n := range []int{0, 1, 8, 9, maxSlots} {
		holders := manyHolders(max(n, 1), Holder{vTheo, "a"})[:n]
		s := must(ParseSlots(must(vMaker.Seal(vKey, holders))))
		if count := len(s.slots) / slotSize; count < 8 || count < n || count >= 2*max(n, 8) {
			t.Errorf("%d slots for %d holders", count, n)
		}
	}
	noSalt := vMaker
	noSalt.Salt = nil
	if _, err := noSalt.Seal(vKey, nil); err == nil {
		t.Error("sealed without a salt")
	}
}

func TestIDAsText(t *testing.T) {
	id := NewID()
	if got, err := ParseID(id.String()); err != nil || got != id || len(id.String()) != 26 {
		t.Errorf("%s does not read back: %v", id, err)
	}
	for _, s := range []string{"", "a", id.String() + "a", strings.ToUpper(id.String()), strings.Repeat("a", 25) + "b"} {
		if _, err := ParseID(s); err == nil {
			t.Errorf("ParseID(%q) accepted", s)
		}
	}
}

func TestPreviewLinkIsStable(t *testing.T) {
	one, two := vMaster.PreviewLink("acme"), vMaster.PreviewLink("acme")
	if one.Fragment() != two.Fragment() || vMaster.PreviewLink("other").Fragment() == one.Fragment() {
		t.Error("the preview link is not one for each client")
	}
	if back, err := ParseLink(one.Fragment()); err != nil || !back.Root().Equal(one.Root()) {
		t.Errorf("it does not read back: %v", err)
	}
}

package pipeline

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"sync"
	"time"

	"portalgen/internal/access"
	"portalgen/internal/check"
	"portalgen/internal/civil"
	"portalgen/internal/diag"
	"portalgen/internal/disk"
	"portalgen/internal/publish"
	"portalgen/internal/seal"
)

// builtDir holds, for each portal, of what its published files were made: a build in which none of it
// has changed leaves them as they are. Each file is sealed under the client's key and named by the
// folder that its portal has without a friendly name. It is only a shortcut: without it, or where it
// does not open, the portal is built.
const builtDir = ".portalgen/built"

// A built portal is one as it was published, without its files.
type built struct {
	// ID is that of the client, Name its name. Folder and Token are as in Portal.
	ID, Name, Folder, Token string
	// Opens is how many people and links open it.
	Opens int
	Owed  []check.Owed
	// Problems are the warnings of its build.
	Problems diag.Problems
	// Inputs is a digest of all that it was made of. It holds from From up to Until, when a page may
	// say something else.
	Inputs      publish.Sum
	From, Until time.Time
	// Zone is the client's.
	Zone string
	// Files are the sums of its published files by their names.
	Files map[string]publish.Sum

	// fresh says that it was built now; master seals its file.
	fresh  bool
	master seal.Master
}

// begin returns what is to be recorded of a portal that was built, without its files.
func (s *survey) begin(p *Portal, ps diag.Problems) *built {
	k := &built{
		ID: p.Client.ID, Name: p.Client.Name, Folder: p.Folder, Token: p.token, Opens: p.Sealer.Opens(),
		Owed: p.owed, Problems: ps, From: p.from, Until: p.until, Zone: p.Client.Timezone,
		Files: map[string]publish.Sum{}, master: p.master,
	}
	if k.fresh = s != nil && s.err == nil; k.fresh {
		k.Inputs = s.inputsOf(k.ID, p.who, p.from)
	}
	return k
}

// recall adds the published files of a client to the stage where they are what a build would give, and
// returns what was recorded of it; nil where it is to be built.
func (s *survey) recall(stage *publish.Stage, id string, claimed *claims) *built {
	if s == nil || s.err != nil {
		return nil
	}
	base := s.b.base.Load()
	src, ps := base.Source(id)
	if ps.Err() != nil {
		return nil
	}
	who, m, err := s.b.opt.Keys.For(s.b.site, id, src.Text, base.text)
	if err != nil {
		return nil
	}
	k := s.open(who.Portal(""), m)
	if k == nil || k.ID != id {
		return nil
	}
	now := base.in(k.Zone)
	holds := !now.Before(k.From) && now.Before(k.Until)
	if !holds || k.Inputs != s.inputsOf(id, who, now) || !claimed.take(k.Folder, id) {
		return nil
	}
	if all, err := stage.Keep(k.Files); err != nil || !all {
		return nil
	}
	return k
}

// open returns what was recorded under a name; nil where there is nothing that opens.
func (s *survey) open(name string, m seal.Master) *built {
	sealed, err := s.b.site.Root.ReadFile(builtDir + "/" + name)
	if err != nil {
		return nil
	}
	text, err := m.OpenLocal(name, sealed)
	if err != nil {
		return nil
	}
	var k built
	if gob.NewDecoder(bytes.NewReader(text)).Decode(&k) != nil {
		return nil
	}
	return &k
}

// save writes what is recorded of portals after a build that published them, where none of their inputs
// was changed while it went on. After a build of all clients it removes what is recorded of others.
func (s *survey) save(fresh []*built, tokens map[string]string) error {
	if s == nil || s.err != nil {
		return nil
	}
	same := func(string) bool { return true }
	if len(fresh) > 0 {
		var err error
		if same, err = s.unchanged(); err != nil {
			return err
		}
	}
	dir := filepath.Join(s.b.site.Dir, filepath.FromSlash(builtDir))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for _, k := range fresh {
		if !same(k.ID) {
			continue
		}
		var text bytes.Buffer
		if err := gob.NewEncoder(&text).Encode(k); err != nil {
			return err
		}
		sealed := k.master.SealLocal(k.Token, text.Bytes())
		if err := disk.Write(filepath.Join(dir, k.Token), sealed, disk.Secret); err != nil {
			return err
		}
	}
	if !s.whole {
		return nil
	}
	entries, err := os.ReadDir(dir)
	current := slices.Sorted(maps.Values(tokens))
	for _, e := range entries {
		if _, ok := slices.BinarySearch(current, e.Name()); !ok {
			err = cmp.Or(err, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	return err
}

// unchanged looks again, and returns whether the files of a client, and those of all, are what they were.
func (s *survey) unchanged() (func(id string) bool, error) {
	after, err := s.look(s.now)
	if err != nil {
		return nil, err
	}
	before, then := byOwner(s.now, stateOf), byOwner(after, stateOf)
	same := func(id string) bool { return before[digest(id)] == then[digest(id)] }
	return func(id string) bool { return same("") && same(id) }, nil
}

// inputsOf returns a digest of all that a client's portal is made of at a moment.
func (s *survey) inputsOf(id string, who *access.Client, now time.Time) publish.Sum {
	h := sha256.New()
	shared, own := s.sums[digest("")], s.sums[digest(id)]
	fmt.Fprintf(h, "%s %x %x\n", program(), shared, own)
	for _, l := range who.Links() {
		fmt.Fprintln(h, l.ID, l.Live(now))
	}
	return publish.Sum(h.Sum(nil))
}

// byOwner returns a digest of the files of each client by the digest of its id, and of those that
// concern all by that of "".
func byOwner(files map[string]input, of func(input) string) map[string]publish.Sum {
	hashes := map[string]hash.Hash{}
	for _, key := range slices.Sorted(maps.Keys(files)) {
		h := hashes[ownerOf(key)]
		if h == nil {
			h = sha256.New()
			hashes[ownerOf(key)] = h
		}
		fmt.Fprintln(h, key, of(files[key]))
	}
	sums := map[string]publish.Sum{}
	for owner, h := range hashes {
		sums[owner] = publish.Sum(h.Sum(nil))
	}
	return sums
}

func bytesOf(i input) string { return i.Sum }

func stateOf(i input) string { return fmt.Sprint(i.Sum, i.State) }

// program names the program that runs: what it was built of, and its file, for one that was built of
// changed source.
var program = sync.OnceValue(func() string {
	name := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		name = info.String()
	}
	if file, err := os.Executable(); err == nil {
		name += buildID(file)
	}
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:])
})

// buildIDForm matches the text by which Go names all that it has made a program of.
var buildIDForm = regexp.MustCompile(`Go build ID: "[^"\\]+"|\x00\x00\x00Go\x00\x00[-\w]+(?:/[-\w]+){3}`)

// buildID returns what tells a program's file from that of any other program: the id that Go gives it,
// which stands at its beginning and is the same on each machine; else its size and time of change.
func buildID(file string) string {
	f, err := os.Open(file)
	if err != nil {
		return ""
	}
	defer f.Close()
	start := make([]byte, 64<<10)
	n, _ := io.ReadFull(f, start) // a short file is read whole
	if id := buildIDForm.Find(start[:n]); id != nil {
		return string(id)
	}
	info, err := f.Stat()
	if err != nil {
		return ""
	}
	return fmt.Sprint(info.Size(), info.ModTime().UnixNano())
}

// clocks returns the times of day that a text names, as hours and minutes; more than once if it names one
// more than once.
func clocks(text []byte) (times []time.Duration) {
	for rest := text; ; {
		i := bytes.IndexByte(rest, ':')
		if i < 0 {
			return times
		}
		if i >= 2 && len(rest) > i+2 {
			hour, err := strconv.ParseUint(string(rest[i-2:i]), 10, 8)
			minute, wrong := strconv.ParseUint(string(rest[i+1:i+3]), 10, 8)
			if err == nil && wrong == nil && hour < 24 && minute < 60 {
				times = append(times, time.Duration(hour)*time.Hour+time.Duration(minute)*time.Minute)
			}
		}
		rest = rest[i+1:]
	}
}

// until returns the first moment after now at which a portal may say something else: the next day of
// the client or of the provider, another offset of a zone, a time of day that one of the texts names,
// or a moment of dues.
func until(now time.Time, here *time.Location, dues []civil.Moment, texts ...[]byte) time.Time {
	var named []time.Duration
	for _, text := range texts {
		named = append(named, clocks(text)...)
	}
	var at []time.Time
	for _, zone := range []*time.Location{now.Location(), here} {
		local := now.In(zone)
		day := civil.DateOf(local)
		at = append(at, civil.On(day).End(zone))
		if _, end := local.ZoneBounds(); !end.IsZero() {
			at = append(at, end)
		}
		for _, clock := range named {
			dues = append(dues, civil.Moment{Date: day, Clock: clock, Timed: true})
		}
		for _, due := range dues {
			at = append(at, due.In(zone), due.In(zone).Add(time.Minute))
		}
	}
	at = slices.DeleteFunc(at, func(t time.Time) bool { return !t.After(now) })
	return slices.MinFunc(at, time.Time.Compare)
}

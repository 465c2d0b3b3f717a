package inbox

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"portalgen/internal/seal"
)

// Line is the name of the variable that says who may use an inbox; see Tokens.
const Line = "PORTALGEN_INBOX"

// lineVersion begins the value of the variable.
const lineVersion = "1"

// Tokens are the hashes of the two tokens of an inbox: it cannot use them itself.
type Tokens struct{ fetch, post [sha256.Size]byte }

// TokensOf returns the hashes of tokens.
func TokensOf(t seal.InboxTokens) Tokens {
	return Tokens{sha256.Sum256([]byte(t.Fetch)), sha256.Sum256([]byte(t.Post))}
}

// String returns the value of the variable Line.
func (t Tokens) String() string {
	text := base64.RawURLEncoding.EncodeToString
	return lineVersion + "." + text(t.fetch[:]) + "." + text(t.post[:])
}

// ErrLine is the error of a value of the variable Line that String has not made.
var ErrLine = errors.New("is not as `portalgen key inbox` prints it")

// ParseTokens reads what String wrote.
func ParseTokens(s string) (Tokens, error) {
	parts := strings.Split(strings.TrimSpace(s), ".")
	var t Tokens
	if len(parts) != 3 || parts[0] != lineVersion {
		return t, ErrLine
	}
	for i, to := range []*[sha256.Size]byte{&t.fetch, &t.post} {
		b, err := base64.RawURLEncoding.Strict().DecodeString(parts[i+1])
		if err != nil || len(b) != len(to) {
			return t, ErrLine
		}
		*to = [sha256.Size]byte(b)
	}
	return t, nil
}

// PerMinute is how many replies an address can leave in a minute, where nothing else is said.
const PerMinute = 60

// A Server answers requests to an inbox.
type Server struct {
	Folder *Folder
	Tokens Tokens
	// PerMinute is how many replies one address can leave in a minute; 0 for any number.
	PerMinute int
	// BehindProxy says that the address of a request is what a proxy says it is.
	BehindProxy bool
	// Came, where it is set, is called with each reply that is new.
	Came func(Waiting)

	rate rate
}

// atOnce is how many replies an answer to a GET has at most.
const atOnce = 500

// ServeHTTP answers one request. The last part of its path is the name of a reply, or the path is
// that of the inbox: it can stand below any path.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	switch r.Method {
	case http.MethodOptions:
		h.Set("Access-Control-Allow-Methods", "GET, POST, DELETE")
		h.Set("Access-Control-Allow-Headers", "authorization, content-type")
		h.Set("Access-Control-Max-Age", "86400")
		w.WriteHeader(http.StatusNoContent)
	case http.MethodPost:
		s.post(w, r)
	case http.MethodGet:
		s.get(w, r)
	case http.MethodDelete:
		s.remove(w, r)
	default:
		h.Set("Allow", "GET, POST, DELETE, OPTIONS")
		fail(w, http.StatusMethodNotAllowed)
	}
}

func fail(w http.ResponseWriter, status int) { http.Error(w, http.StatusText(status), status) }

// has reports whether a request has the token of a hash.
func has(r *http.Request, hash [sha256.Size]byte) bool {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	sum := sha256.Sum256([]byte(token))
	return ok && subtle.ConstantTimeCompare(sum[:], hash[:]) == 1
}

// MayPost reports whether a request has the token with which a page leaves a reply.
func (t Tokens) MayPost(r *http.Request) bool { return has(r, t.post) }

func (s *Server) post(w http.ResponseWriter, r *http.Request) {
	if !s.Tokens.MayPost(r) { // and so nothing is remembered of whoever cannot leave anything
		fail(w, http.StatusUnauthorized)
		return
	}
	if wait := s.rate.wait(s.address(r), s.PerMinute, time.Now()); wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(wait/time.Second)+1))
		fail(w, http.StatusTooManyRequests)
		return
	}
	if r.ContentLength > seal.MaxSealedReply {
		fail(w, http.StatusRequestEntityTooLarge)
		return
	}
	sealed, err := io.ReadAll(http.MaxBytesReader(w, r.Body, seal.MaxSealedReply))
	if _, long := errors.AsType[*http.MaxBytesError](err); long {
		fail(w, http.StatusRequestEntityTooLarge)
		return
	}
	if err != nil || seal.ValidateReply(sealed) != nil {
		fail(w, http.StatusBadRequest)
		return
	}
	isNew, err := s.Folder.Put(sealed)
	switch {
	case errors.Is(err, ErrFull):
		fail(w, http.StatusInsufficientStorage)
		return
	case err != nil:
		fail(w, http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusCreated)
	if s.Came != nil && isNew {
		s.Came(Waiting{NameOf(sealed), time.Now(), sealed})
	}
}

// The answer to a GET.
type (
	page struct {
		Replies []entry `json:"replies"`
		More    bool    `json:"more"`
	}
	entry struct {
		Name  string    `json:"name"`
		At    time.Time `json:"at"`
		Bytes []byte    `json:"bytes"`
	}
)

func (s *Server) get(w http.ResponseWriter, r *http.Request) {
	if !has(r, s.Tokens.fetch) {
		fail(w, http.StatusUnauthorized)
		return
	}
	names, err := s.Folder.Names()
	if err != nil {
		fail(w, http.StatusInternalServerError)
		return
	}
	from, found := slices.BinarySearch(names, r.URL.Query().Get("after"))
	if found {
		from++
	}
	names = names[from:]
	p := page{Replies: []entry{}, More: len(names) > atOnce}
	for _, name := range names[:min(len(names), atOnce)] {
		one, err := s.Folder.Read(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			fail(w, http.StatusInternalServerError)
			return
		}
		p.Replies = append(p.Replies, entry{one.Name, one.At.UTC().Truncate(time.Second), one.Sealed})
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(p) // the client has closed the connection
}

func (s *Server) remove(w http.ResponseWriter, r *http.Request) {
	if !has(r, s.Tokens.fetch) {
		fail(w, http.StatusUnauthorized)
		return
	}
	name := path.Base(r.URL.Path)
	if !nameForm.MatchString(name) {
		fail(w, http.StatusNotFound)
		return
	}
	if err := s.Folder.Delete(name); err != nil {
		fail(w, http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// NewHTTPServer returns a server that lets nobody hold its connections.
func NewHTTPServer(h http.Handler) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: 2 * time.Minute, IdleTimeout: time.Minute, MaxHeaderBytes: 16 << 10,
	}
}

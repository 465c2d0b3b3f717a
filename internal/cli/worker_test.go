package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// A worker is a process of the program that runs many command lines, one after the other. A start of the
// program costs more than most commands.
type worker struct {
	lines   *json.Encoder
	answers *json.Decoder
}

// A line is a command line, and where it is run.
type line struct {
	Dir  string
	Env  map[string]string
	Args []string
}

type answer struct {
	Code     int
	Out, Err []byte
}

// workerName is the name under which a test's own binary is a worker.
const workerName = "portalgen-worker"

// variables are those of a script that a command may read.
var variables = []string{
	"PATH", "HOME", "TMPDIR", "TZ", "WORK", "EDITOR", "VISUAL", "PORTALGEN_KEY", "PORTALGEN_INBOX", "XDG_CACHE_HOME",
	"XDG_CONFIG_HOME",
}

// work is what a worker does until the tests have ended. What it prints beside its answers is lost.
func work(in io.Reader, out io.Writer) error {
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	os.Stdin, os.Stdout = null, null
	lines, answers := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var l line
		if err := lines.Decode(&l); err != nil {
			return err
		}
		if err := os.Chdir(l.Dir); err != nil {
			return err
		}
		os.Clearenv()
		for name, value := range l.Env {
			if err := os.Setenv(name, value); err != nil {
				return err
			}
		}
		var out, said bytes.Buffer
		code := Main(l.Args, strings.NewReader(""), &out, &said)
		if err := answers.Encode(answer{code, out.Bytes(), said.Bytes()}); err != nil {
			return err
		}
	}
}

// workers are those that have nothing to do.
var workers = make(chan *worker, runtime.GOMAXPROCS(0))

// beginWorkers starts the workers once.
var beginWorkers = sync.OnceValue(func() error {
	for range cap(workers) {
		c := exec.Command(workerName) // it ends with its standard input
		c.Stderr = os.Stderr
		in, err := c.StdinPipe()
		if err != nil {
			return err
		}
		out, err := c.StdoutPipe()
		if err != nil {
			return err
		}
		if err := c.Start(); err != nil {
			return err
		}
		workers <- &worker{json.NewEncoder(in), json.NewDecoder(out)}
	}
	return nil
})

// inWorker runs a command line in a worker, without standard input.
func inWorker(l line) (a answer, err error) {
	if err := beginWorkers(); err != nil {
		return a, err
	}
	w := <-workers
	defer func() { workers <- w }()
	if err := w.lines.Encode(l); err != nil {
		return a, err
	}
	err = w.answers.Decode(&a)
	return a, err
}

// program runs a command line of a script in a worker, and returns its exit code.
func program(ts *testscript.TestScript, args []string) int {
	l := line{ts.MkAbs("."), map[string]string{}, args}
	for _, name := range variables {
		if value := ts.Getenv(name); value != "" {
			l.Env[name] = value
		}
	}
	a, err := inWorker(l)
	if err != nil {
		ts.Fatalf("portalgen %s has ended its process: %v", strings.Join(args, " "), err)
	}
	fmt.Fprintf(ts.Stdout(), "%s", a.Out)
	fmt.Fprintf(ts.Stderr(), "%s", a.Err)
	return a.Code
}

// runs runs the program in a process that has run other commands before; `exec portalgen` runs it in one of its
// own:
//
//	portalgen ARGS...
func runs(ts *testscript.TestScript, neg bool, args []string) {
	if code := program(ts, args); (code != 0) != neg {
		ts.Fatalf("portalgen %s ends with %d", strings.Join(args, " "), code)
	}
}

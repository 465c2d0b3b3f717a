package pipeline_test

import (
	"os"
	"strings"
	"testing"

	"portalgen/internal/diag"
	"portalgen/internal/pipeline"
	"portalgen/internal/site"
)

func check(t *testing.T, dir string, opt pipeline.Options) diag.Problems {
	t.Helper()
	ps, err := unloaded(t, dir, opt).Check()
	if err != nil {
		t.Fatal(err)
	}
	return ps
}

func TestCheckOfASiteInOrder(t *testing.T) {
	t.Parallel()
	if ps := check(t, folder(t, clients("a", "b")), pipeline.Options{}); len(ps) > 0 {
		t.Error(ps)
	}
	if ps := check(t, sampleSite(t), pipeline.Options{Keys: noKey()}); len(ps) > 0 {
		t.Errorf("the samples: %v", ps)
	}
}

// Each problem has its place and its line, wherever it comes from.
func TestCheckShowsTheLine(t *testing.T) {
	t.Parallel()
	late := strings.Replace(clientFile("Late", ""), "due = 2026-12-04", "due = 2026-11-18", 1)
	private := strings.Replace(clientFile("Private", ""), `did = "request"`, `did = "request", private = true`, 1)
	wrong := strings.Replace(clientFile("Wrong", ""), `rag = "green"`, `rag = "blue"`, 1)
	dir := folder(t, map[string]string{
		site.ClientFile("late"): late, site.ClientFile("private"): private, site.ClientFile("wrong"): wrong,
		"data/private/late.toml": "[fit]\nwhi = \"they pay\"\n",
	})
	ps := check(t, dir, pipeline.Options{})
	for _, tt := range []struct{ rule, file, text, says string }{
		{"promise-overdue", "data/clients/late.toml", "[[commitment]]", "was due from Dev Patel on 2026-11-18"},
		{"status-greener-than-facts", "data/clients/late.toml", "[[status]]", "the facts say red"},
		{"private-move", "data/clients/private.toml", `  { on = 2026-11-03, by = "dev", did = "promise" },`, "without the private moves"},
		{"bad-value", "data/clients/wrong.toml", `rag = "blue"`, "blue"},
		{"unknown-key", "data/private/late.toml", `whi = "they pay"`, "whi"},
	} {
		p := one(t, ps, tt.rule)
		if p.File != tt.file || p.Text != tt.text || !strings.Contains(p.Message, tt.says) {
			t.Errorf("%s says %+v", tt.rule, p)
		}
	}
	// A build stops at the same, and shows it too.
	_, ps = load(t, dir, pipeline.Options{}).Portal("private")
	if p := one(t, ps, "private-move"); p.Line == 0 || !strings.Contains(p.Text, "promise") {
		t.Errorf("a build says %+v", p)
	}
}

func TestCheckKnowsTheSettings(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{
		site.ProviderFile:      provider + "[check]\npromise-overdue = \"off\"\nstatus-greener-than-facts = \"error\"\npromise-overdo = \"off\"\n",
		site.ClientFile("a"):   strings.Replace(clientFile("A", ""), "due = 2026-12-04", "due = 2026-11-18", 1),
		"data/clients/.b.toml": "hidden",
	})
	ps := check(t, dir, pipeline.Options{})
	if p := one(t, ps, "unknown-rule"); p.File != site.ProviderFile || p.Text != `promise-overdo = "off"` || !strings.Contains(p.Message, "promise-overdo") {
		t.Errorf("it says %+v", p)
	}
	if p := one(t, ps, "status-greener-than-facts"); p.Severity != diag.Error {
		t.Errorf("it says %+v", p)
	}
	if len(ps) != 2 {
		t.Errorf("and %v", ps)
	}
}

// A provider's file that broke since is told, and the clients are judged by the last.
func TestCheckAfterTheProviderBroke(t *testing.T) {
	t.Parallel()
	dir := folder(t, map[string]string{site.ClientFile("a"): strings.Replace(clientFile("A", ""), "due = 2026-12-04", "due = 2026-11-18", 1)})
	b := load(t, dir, pipeline.Options{})
	write(t, dir, map[string]string{site.ProviderFile: "name = 3\n"})
	ps, err := b.Check()
	if err != nil {
		t.Fatal(err)
	}
	one(t, ps, "promise-overdue")
	if ps[0].File != site.ClientFile("a") || ps.Err() == nil {
		t.Errorf("got %v", ps)
	}
}

// The samples' files are looked at, wherever the command stands.
func TestCheckOfTheSamples(t *testing.T) {
	t.Parallel()
	if ps := check(t, t.TempDir(), pipeline.Options{Samples: true}); len(ps) > 0 {
		t.Error(ps)
	}
}

// What provider.toml makes an error stops a build, and nothing else of check does.
func TestARuleStopsABuild(t *testing.T) {
	t.Parallel()
	late := strings.Replace(clientFile("Late", ""), "due = 2026-12-04", "due = 2026-11-18", 1)
	for settings, want := range map[string]string{
		"": "", "[check]\npromise-overdue = \"warning\"\n": "",
		"[check]\npromise-overdue = \"error\"\n":                                "promise-overdue",
		"[check]\npromise-overdue = { severity = \"error\", after_days = 2 }\n": "",
	} {
		dir := folder(t, map[string]string{site.ProviderFile: provider + settings, site.ClientFile("late"): late})
		p, ps := load(t, dir, pipeline.Options{}).Portal("late")
		if want == "" {
			if p == nil || len(ps) > 0 {
				t.Errorf("%q: %v", settings, ps)
			}
			continue
		}
		if found := one(t, ps, want); p != nil || len(ps) != 1 || found.Text != "[[commitment]]" {
			t.Errorf("%q: %v", settings, ps)
		}
	}
}

// Who owes too much can be told only where all is built.
func TestCapacityStopsABuildOfAll(t *testing.T) {
	t.Parallel()
	files := clients("a", "b")
	files[site.ProviderFile] = provider + "[check]\ncapacity = { severity = \"error\", per_week = 1 }\n"
	dir, out := folder(t, files), t.TempDir()
	_, ps := load(t, dir, pipeline.Options{}).Build(t.Context(), out, nil, nil)
	p := one(t, ps, "capacity")
	if p.Severity != diag.Error || p.Text != "[[commitment]]" || !strings.Contains(p.Message, "Dev Patel owes 2 things in the week of 2026-11-30") {
		t.Errorf("it says %+v", p)
	}
	if left, err := os.ReadDir(out); err != nil || len(left) > 0 {
		t.Errorf("published all the same: %v %v", left, err)
	}
	if ps := check(t, dir, pipeline.Options{}); one(t, ps, "capacity").Text != "[[commitment]]" {
		t.Errorf("check says %v", ps)
	}
	if _, ps := load(t, dir, pipeline.Options{}).Portal("a"); len(ps) > 0 {
		t.Errorf("one alone: %v", ps)
	}
}

func TestDesk(t *testing.T) {
	t.Parallel()
	files := clients("a", "b")
	files[site.ClientFile("c")] = "client = 3\n"
	files["data/private/b.toml"] = "[[observation]]\non = 2026-11-02\ntext = \"Curt\"\nnext_step = \"Ring her\"\n"
	files["data/private/a.toml"] = "[fit]\nwhi = \"they pay\"\n"
	files[site.ProviderFile] = provider + "[check]\npulse-missing = \"error\"\n"
	files[site.ClientFile("a")] = strings.Split(files[site.ClientFile("a")], "[[pulse]]")[0]
	b := load(t, folder(t, files), pipeline.Options{})
	d, ps := b.Today()
	var got []string
	for _, i := range d.Items {
		got = append(got, i.Client+" "+i.Kind)
	}
	if want := "a pulse-missing, b observation, a silent"; strings.Join(got, ", ") != want || d.Today.String() != "2026-11-20" {
		t.Errorf("on %s: %v", d.Today, got)
	}
	if one(t, ps, "unknown-key").File != "data/private/a.toml" || one(t, ps, "wrong-type").File != "data/clients/c.toml" {
		t.Error(ps)
	}
}

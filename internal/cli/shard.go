package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"

	"portalgen/internal/pipeline"
)

// A shard is the part of all clients that one of several machines builds: part number, from 1, out
// of parts. The zero shard means no part.
type shard struct{ number, of int }

var shardForm = regexp.MustCompile(`^([1-9][0-9]{0,4})/([1-9][0-9]{0,4})$`)

// part returns the shard that --shard names.
func (opt buildOptions) part() (shard, error) {
	if opt.shard == "" {
		return shard{}, nil
	}
	m := shardForm.FindStringSubmatch(opt.shard)
	if m == nil {
		return shard{}, wrongUse{fmt.Errorf("--shard %q is not I/N, such as 2/4: the second of four parts", opt.shard)}
	}
	s := shard{}
	s.number, _ = strconv.Atoi(m[1]) // the form allows only digits
	s.of, _ = strconv.Atoi(m[2])
	switch {
	case s.number > s.of:
		return shard{}, wrongUse{fmt.Errorf("--shard %s: there is no part %d of %d", opt.shard, s.number, s.of)}
	case len(opt.clients) > 0:
		return shard{}, wrongUse{errors.New("--shard and --client both say which clients: take one of them")}
	case opt.watch:
		return shard{}, wrongUse{errors.New("--shard builds once, for a build of all that follows: it cannot watch")}
	}
	return s, nil
}

// clientsOf returns the clients of a part. It also makes the folder in which the build records its
// result for the later build of all.
func (a *app) clientsOf(s shard, b *pipeline.Builder) ([]string, error) {
	all, err := b.Clients()
	if err != nil {
		return nil, err
	}
	ids := []string{}
	for i := s.number - 1; i < len(all); i += s.of {
		ids = append(ids, all[i])
	}
	return ids, os.MkdirAll(filepath.Join(a.dir, ".portalgen"), 0o700)
}

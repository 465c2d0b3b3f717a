package render
import ("testing";"os";"path/filepath";"strings")
func themeOf(dir string) Theme { t := Theme{}; for _, d := range []string{"layouts","i18n","content"} { filepath.Walk(dir+"/"+d, func(p string, i os.FileInfo, err error) error { if err==nil && !i.IsDir() { b,_ := os.ReadFile(p); t[strings.TrimPrefix(p, dir+"/")]=b }; return nil }) }; return t }
func BenchmarkPlain(b *testing.B){ r:=New(plain); for b.Loop() { if _,err:=r.Render(acme("a")); err!=nil {b.Fatal(err)} } }
func BenchmarkOursButPlainPages(b *testing.B){ t:=themeOf("../.."); for k,v := range plain { if k!="layouts/baseof.html" || true { t[k]=v } }; r:=New(t); for b.Loop() { if _,err:=r.Render(acme("a")); err!=nil {b.Fatal(err)} } }

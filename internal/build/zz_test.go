package build
import ("testing";"portalgen/internal/site";"portalgen/internal/seal")
func BenchmarkOne(b *testing.B){
 s,_ := site.Open("/tmp/b100"); clock,_ := ParseClock("2026-11-20")
 bb := New(s, Options{Now:clock, Keys: PreviewKeys{seal.NewMaster()}})
 if ps:=bb.Load(); ps.Err()!=nil { b.Fatal(ps) }
 for b.Loop() { if _,ps := bb.Portal("client-00001"); ps.Err()!=nil { b.Fatal(ps) } }
}

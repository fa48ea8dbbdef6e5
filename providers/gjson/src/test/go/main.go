// Command golden writes the cases that the Java tests read: what the GJSON library, encoding/json
// and strconv make of many inputs. Run it in this folder: go run . ../resources/golden
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math"
	"math/rand"
	"os"
	"path/filepath"
	"strconv"
	"unicode/utf8"

	"github.com/tidwall/gjson"
)

type pathCase struct {
	JSON   string `json:"json"`
	Path   string `json:"path"`
	Exists bool   `json:"exists"`
	Type   string `json:"type"`
	Raw    string `json:"raw"`
	String string `json:"string"`
}

func evaluate(doc, path string) (c pathCase, ok bool) {
	defer func() {
		// A few malformed inputs make the library panic; there is nothing to compare with then.
		if recover() != nil {
			ok = false
		}
	}()
	r := gjson.Get(doc, path)
	c = pathCase{doc, path, r.Exists(), r.Type.String(), r.Raw, r.String()}
	return c, utf8.ValidString(c.Raw) && utf8.ValidString(c.String)
}

type lines struct {
	w    *bufio.Writer
	file *os.File
}

func create(dir, name string) *lines {
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		panic(err)
	}
	return &lines{bufio.NewWriter(f), f}
}

func (l *lines) write(v any) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	l.w.Write(b.Bytes())
}

func (l *lines) close() {
	l.w.Flush()
	l.file.Close()
}

func main() {
	dir := os.Args[1]
	seed := int64(20261123)
	count := 2000
	if len(os.Args) > 3 {
		seed, _ = strconv.ParseInt(os.Args[2], 10, 64)
		count, _ = strconv.Atoi(os.Args[3])
	}
	if len(os.Args) <= 3 {
		written := create(dir, "paths.jsonl")
		for _, c := range chosen() {
			if r, ok := evaluate(c[0], c[1]); ok {
				written.write(r)
			} else {
				fmt.Fprintln(os.Stderr, "left out:", c[0], c[1])
			}
		}
		written.close()
		numbers(dir)
		texts(dir)
	}
	fuzz := create(dir, "fuzz.jsonl")
	g := &grammar{rand.New(rand.NewSource(seed))}
	for n := 0; n < count; {
		doc := g.document()
		r, ok := evaluate(doc, g.path())
		if ok && len(r.Raw) < 400 && utf8.ValidString(doc) && utf8.ValidString(r.Path) {
			fuzz.write(r)
			n++
		}
	}
	fuzz.close()
}

type numberCase struct {
	Bits  string `json:"bits"`
	Plain string `json:"plain"`
	JSON  string `json:"json"`
}

type parseCase struct {
	Text string `json:"text"`
	Bits string `json:"bits"`
}

func bits(f float64) string {
	return strconv.FormatUint(math.Float64bits(f), 16)
}

func numbers(dir string) {
	out := create(dir, "numbers.jsonl")
	fs := []float64{0, math.Copysign(0, -1), 1, -1, 1.5, 0.1, 1e20, 1e21, 1e22, 123456789012345678, 1e-6, 9.99e-7, 1e-7,
		math.MaxFloat64, math.SmallestNonzeroFloat64, 2e-323, 1.5e-323, 9.5e-323, 2.2250738585072014e-308, 5e-324 * 3, 1e23, 9e22, 2e22, 8.41e21,
		9007199254740993, 4503599627370496.5, 1 << 53, 1 << 63, 1e300, 3.14159, 100, 1e5, 12e-10, 4.35, 0.3, 2.0 / 3, 5e-7, 1e-10, 1.7e25, 9.5e-9, 2e100}
	r := rand.New(rand.NewSource(1))
	for i := 0; i < 300; i++ {
		f := math.Float64frombits(r.Uint64())
		if !math.IsNaN(f) && !math.IsInf(f, 0) {
			fs = append(fs, f)
		}
	}
	for i := 0; i < 60; i++ {
		fs = append(fs, math.Float64frombits(r.Uint64()>>(11+r.Intn(50))))
	}
	for i := 0; i < 100; i++ {
		fs = append(fs, float64(r.Intn(100000))*math.Pow(10, float64(r.Intn(40)-20)))
	}
	for _, f := range fs {
		j, err := json.Marshal(f)
		if err != nil {
			panic(err)
		}
		out.write(numberCase{bits(f), strconv.FormatFloat(f, 'f', -1, 64), string(j)})
	}
	out.close()
	out = create(dir, "floats.jsonl")
	for _, s := range []string{"", "0", "-0", "1", "+1", "1.", ".5", ".", "1e5", "1E+5", "1e", "1e+", "e5", "--1", "1-1", "1_000", "_1", "1_", "1__0",
		"1_.5", "1._5", "1e_5", "1e5_0", "0x1p4", "0X1.8P-1", "0x1", "0x", "0x_1p4", "0x1_0p0", "0xfp0", "0x.8p1", "0b11", "0_1", "1a", "1d", "1f", " 1", "1 ", "inf", "Inf", "+INF",
		"-inf", "infinity", "-Infinity", "infin", "nan", "NaN", "-nan", "1e999", "-1e999", "1e-999", "123456789012345678901234567890", "0.1e-1",
		"1,5", "٣", "0x1p-1074", "0x1p-1075", "0x1.fffffffffffff8p0", "2.2250738585072011e-308", "1e23", "4.9e-324", "00012", "1e0005", "0e999999999", "1_a", "a_1", "0x1p1_0"} {
		f, _ := strconv.ParseFloat(s, 64)
		out.write(parseCase{s, bits(f)})
	}
	out.close()
}

type textCase struct {
	JSON       string            `json:"json"`
	Valid      bool              `json:"valid"`
	Normalized string            `json:"normalized"`
	Compacted  string            `json:"compacted"`
	RawMarshal string            `json:"rawMarshal"`
	Object     bool              `json:"object"`
	Members    map[string]string `json:"members"`
	IsString   bool              `json:"isString"`
	Text       string            `json:"text"`
}

type quoteCase struct {
	Base64 string `json:"base64"`
	Quoted string `json:"quoted"`
}

func texts(dir string) {
	out := create(dir, "texts.jsonl")
	for _, s := range jsonTexts() {
		c := textCase{JSON: s, Valid: json.Valid([]byte(s))}
		if c.Valid {
			d := json.NewDecoder(bytes.NewReader([]byte(s)))
			d.UseNumber()
			var v any
			if err := d.Decode(&v); err != nil {
				panic(err)
			}
			b, _ := json.Marshal(v)
			c.Normalized = string(b)
			var compacted bytes.Buffer
			json.Compact(&compacted, []byte(s))
			c.Compacted = compacted.String()
			b, _ = json.Marshal(json.RawMessage(s))
			c.RawMarshal = string(b)
		}
		raw := map[string]json.RawMessage{}
		if json.Unmarshal([]byte(s), &raw) == nil {
			c.Object = true
			c.Members = map[string]string{}
			for k, v := range raw {
				c.Members[k] = string(v)
			}
		}
		if len(s) > 0 && c.Valid && bytes.TrimSpace([]byte(s))[0] == '"' {
			c.IsString = json.Unmarshal([]byte(s), &c.Text) == nil
		}
		out.write(c)
	}
	out.close()
	out = create(dir, "quotes.jsonl")
	all := ""
	for i := 0; i < 0x80; i++ {
		all += string(rune(i))
	}
	for _, s := range []string{"", "a", all, "é€😀", "\u2028\u2029\u202a", "\xff", "a\xc3", "\xe2\x82", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\xaf", "\xf0\x9f\x98", "x\x80y", "\ufffd", "\xe2\x28\xa1", "\xf8\x88\x80\x80\x80"} {
		b, _ := json.Marshal(s)
		out.write(quoteCase{base64.StdEncoding.EncodeToString([]byte(s)), string(b)})
	}
	out.close()
}

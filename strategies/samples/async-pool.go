// Async on threads: goroutines. Go runs them on as many threads as there are cores; one
// that waits holds none. (Go also takes turns away by itself.)
package main

import (
	"fmt"
	"math/big"
	"sync"
	"time"
)

func serve(n int64) int {
	time.Sleep(100 * time.Millisecond) // holds no thread
	return new(big.Int).MulRange(1, n).BitLen()
}

func main() {
	var group sync.WaitGroup
	for n := range int64(8) {
		group.Go(func() { fmt.Println(n, serve(20_000*n)) })
	}
	group.Wait()
}

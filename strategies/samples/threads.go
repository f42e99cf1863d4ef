// Threads: goroutines, which Go spreads over all cores. They share one memory.
package main

import (
	"fmt"
	"math/big"
	"sync"
)

func work(n int64) int { return new(big.Int).MulRange(1, n).BitLen() } // of n!

func main() {
	var group sync.WaitGroup
	for n := range int64(4) {
		group.Go(func() { fmt.Println(n, work(50_000*n)) })
	}
	group.Wait()
}

// Loop + threads with a GIL: a goroutine computes for the loop; one sync.Mutex for both.
package main

import (
	"fmt"
	"math/big"
	"sync"
)

var gil sync.Mutex

func turn(do func()) { // the thread's, or the loop's
	gil.Lock()
	defer gil.Unlock()
	do()
}

func main() {
	answer := make(chan int, 1)
	go turn(func() { answer <- new(big.Int).MulRange(1, 50_000).BitLen() })
	bits := <-answer // the loop waits without it
	turn(func() { fmt.Println(bits) })
}

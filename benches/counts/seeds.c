/* No lots are drawn while instructions are counted: what hash maps take as seeds is zeros. Only for benches. */

#include <stddef.h>
#include <string.h>
#include <sys/types.h>

ssize_t getrandom(void *buffer, size_t length, unsigned int flags) {
    (void)flags;
    memset(buffer, 0, length);
    return (ssize_t)length;
}

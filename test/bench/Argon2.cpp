// bench_argon2 SECONDS: how much CPU time one Argon2id hash takes with the parameters of logins (19 MiB, two passes,
// one lane), through the bare library on one thread. Prints microseconds a hash.
#include <argon2.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>

namespace
{

double cpuSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

} // namespace

int main(int argc, char** argv)
{
    const double seconds = argc > 1 ? std::atof(argv[1]) : 3;
    const char salt[16] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    const char password[] = "una clave bien larga";
    unsigned char hash[32];
    int count = 0;
    const auto begun = cpuSeconds();
    do {
        if (argon2id_hash_raw(2, 19 * 1024, 1, password, sizeof password - 1, salt, sizeof salt, hash, sizeof hash) !=
            ARGON2_OK)
            return 1;
        ++count;
    } while (cpuSeconds() - begun < seconds);
    std::printf("%.0f\n", (cpuSeconds() - begun) * 1e6 / count);
    return 0;
}

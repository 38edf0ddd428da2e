// biosig as a rival and as an independent reader: reads every sample of a recording with libbiosig, as the file's digital values.
//
// usage: biosig [--samples | --physical] [--blocks N] [--repeat N] FILE
// Debian: apt-get install gcc libbiosig-dev;  gcc -O2 biosig.c -lbiosig -lm -o biosig
//
// Prints one JSON object: per lead its label, unit, samples, sum, smallest and largest value and the FNV-1a hash of the digital values
// (each as four bytes, low byte first); the time inside biosig's calls, the first such time, and the peak memory of the process. --samples
// prints the digital values themselves, as CSV: one line a sample, one column a lead, empty where a slower lead has ended; --physical
// prints the physical ones. --blocks sets the number of blocks per read (0 = all, as in biosig's own tools); --repeat
// sets the number of readings in this process, whose median time is printed.
//
// sread converts all leads that are switched on to the frequency of file->SPR by repeating samples, and allocates memory for them: for EDF and
// BDF that is the least common multiple of all. So leads are read in groups of one frequency, with file->SPR set to that of the group.
// WFDB formats 80 and 160 are offset binary: biosig's digital values are the file's unsigned ones; ours are without the offset, as in
// signal(5).
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <biosig.h>

#include <biosig-dev.h>

enum { MOST_REPEATS = 1000 };

typedef enum { SUMMARY, DIGITAL, PHYSICAL } Output;

typedef struct {
    const CHANNEL_TYPE *source;
    char label[MAX_LENGTH_LABEL + 1];
    const char *unit;
    double frequency, smallest, largest;
    size_t samples, not_integer;
    uint64_t hash;
    int64_t sum;
    double *values; // all of them where they will be printed, else null
} Lead;

typedef struct {
    const char *format;
    size_t lead_count;
    Lead *leads;
    double milliseconds;
} Reading;

static void *allocated(void *memory) {
    if (memory) return memory;
    fputs("biosig: out of memory\n", stderr);
    exit(1);
}

static void check(HDRTYPE *file, const char *path) {
    if (file && !biosig_check_error(file)) return;
    const char *why = file ? biosig_get_errormsg(file) : NULL;
    fprintf(stderr, "biosig: %s: %s\n", path, why && *why ? why : "not opened, and no reason given");
    exit(1);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static int32_t offset(const HDRTYPE *file, const CHANNEL_TYPE *channel) {
    if (file->TYPE != MIT) return 0;
    return channel->GDFTYP == 2 ? 128 : channel->GDFTYP == 4 ? 32768 : 0;
}

static void summarise(Lead *lead, double value) {
    if (lead->samples == 0 || value < lead->smallest) lead->smallest = value;
    if (lead->samples == 0 || value > lead->largest) lead->largest = value;
    if (value != rint(value) || fabs(value) > INT32_MAX + 1.0) {
        lead->not_integer++;
        return;
    }
    const uint32_t digital = (uint32_t)(int32_t)value;
    lead->sum += (int32_t)value;
    for (int shift = 0; shift < 32; shift += 8) lead->hash = (lead->hash ^ ((digital >> shift) & 255)) * 1099511628211u;
}

static void take(Lead *lead, const double *values, size_t count, int32_t zero, Output output) {
    if (output != SUMMARY) lead->values = allocated(realloc(lead->values, (lead->samples + count + 1) * sizeof *values));
    for (size_t i = 0; i < count; i++) {
        const double value = values[i] - (output == PHYSICAL ? 0 : zero);
        if (output == SUMMARY) summarise(lead, value);
        else lead->values[lead->samples] = value;
        lead->samples++;
    }
}

static Reading list_leads(const HDRTYPE *file) {
    Reading reading = {.format = GetFileTypeString(file->TYPE)};
    reading.leads = allocated(calloc(file->NS + 1, sizeof(Lead)));
    for (size_t c = 0; c < file->NS; c++) {
        const CHANNEL_TYPE *source = &file->CHANNEL[c];
        if (source->OnOff != 1 || source->SPR == 0) continue; // an annotation signal
        Lead *lead = &reading.leads[reading.lead_count++];
        *lead = (Lead){.source = source, .unit = PhysDim3(source->PhysDimCode), .hash = 14695981039346656037u};
        lead->frequency = file->SampleRate * source->SPR / file->SPR;
        strcpy(lead->label, source->Label);
    }
    return reading;
}

// Reads the leads of one frequency; only the calls of biosig are timed.
static void read_group(
    HDRTYPE *file, const char *path, Reading *reading, uint32_t samples_per_block, size_t blocks, Output output) {
    for (size_t c = 0; c < file->NS; c++) file->CHANNEL[c].OnOff = 0;
    for (size_t l = 0; l < reading->lead_count; l++)
        ((CHANNEL_TYPE *)reading->leads[l].source)->OnOff = reading->leads[l].source->SPR == samples_per_block;
    file->SPR = samples_per_block;
    const size_t all = file->NRec < 0 ? 0 : (size_t)file->NRec, window = blocks ? blocks : all;
    for (size_t block = 0; block < all; block += window) {
        const double start = now();
        const size_t count = sread(NULL, block, window < all - block ? window : all - block, file);
        reading->milliseconds += now() - start;
        check(file, path);
        if (count != (window < all - block ? window : all - block)) {
            fprintf(stderr, "biosig: %s: sread gave %zu blocks from block %zu; the file should have %zu.\n", path, count, block, all);
            exit(1);
        }
        for (size_t l = 0, column = 0; l < reading->lead_count; l++) {
            Lead *lead = &reading->leads[l];
            if (!lead->source->OnOff) continue;
            take(lead, file->data.block + column++ * file->data.size[0], file->data.size[0], offset(file, lead->source), output);
        }
    }
}

static Reading read_file(const char *path, size_t blocks, Output output) {
    double start = now();
    HDRTYPE *file = sopen(path, "r", NULL);
    const double opening = now() - start;
    check(file, path);
    file->FLAG.UCAL = output != PHYSICAL;
    file->FLAG.OVERFLOWDETECTION = 0;
    file->FLAG.ROW_BASED_CHANNELS = 0;
    Reading reading = list_leads(file);
    reading.milliseconds = opening;
    for (size_t l = 0; l < reading.lead_count; l++) {
        bool done = false;
        for (size_t k = 0; k < l; k++) done |= reading.leads[k].source->SPR == reading.leads[l].source->SPR;
        if (!done) read_group(file, path, &reading, reading.leads[l].source->SPR, blocks, output);
    }
    start = now();
    destructHDR(file);
    reading.milliseconds += now() - start;
    return reading;
}

static void print_samples(const Reading *reading) {
    size_t rows = 0;
    printf("sample");
    for (size_t l = 0; l < reading->lead_count; l++) {
        printf(",%s", reading->leads[l].label);
        if (reading->leads[l].samples > rows) rows = reading->leads[l].samples;
    }
    putchar('\n');
    for (size_t row = 0; row < rows; row++) {
        printf("%zu", row);
        for (size_t l = 0; l < reading->lead_count; l++) {
            if (row < reading->leads[l].samples) printf(",%.17g", reading->leads[l].values[row]);
            else putchar(',');
        }
        putchar('\n');
    }
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_text(const char *text) {
    putchar('"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') putchar('\\');
        if ((unsigned char)*text >= ' ') putchar(*text);
    }
    putchar('"');
}

static void print_summary(const Reading *reading, double milliseconds, double first) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("{\"reader\":\"biosig %d.%d.%d\",\"format\":", BIOSIG_VERSION / 10000, BIOSIG_VERSION / 100 % 100, BIOSIG_VERSION % 100);
    print_text(reading->format);
    printf(",\"milliseconds\":%.3f,\"firstMilliseconds\":%.3f", milliseconds, first);
    printf(",\"peakMiB\":%.1f,\"leads\":[", usage.ru_maxrss / 1024.0);
    for (size_t l = 0; l < reading->lead_count; l++) {
        const Lead *lead = &reading->leads[l];
        printf("%s{\"label\":", l ? "," : "");
        print_text(lead->label);
        printf(",\"unit\":");
        print_text(lead->unit ? lead->unit : "");
        printf(",\"frequencyHz\":%.10g,\"samples\":%zu,\"sum\":%lld", lead->frequency, lead->samples, (long long)lead->sum);
        printf(",\"smallest\":%.17g,\"largest\":%.17g", lead->smallest, lead->largest);
        printf(",\"hash\":\"%016llx\"", (unsigned long long)lead->hash);
        if (lead->not_integer) printf(",\"notInteger\":%zu", lead->not_integer);
        putchar('}');
    }
    puts("]}");
}

static void forget(Reading *reading) {
    for (size_t l = 0; l < reading->lead_count; l++) free(reading->leads[l].values);
    free(reading->leads);
    *reading = (Reading){0};
}

int main(int argc, char **argv) {
    Output output = SUMMARY;
    size_t blocks = 0;
    int repeats = 1, a = 1;
    for (; a < argc - 1; a++) {
        if (!strcmp(argv[a], "--samples")) output = DIGITAL;
        else if (!strcmp(argv[a], "--physical")) output = PHYSICAL;
        else if (!strcmp(argv[a], "--blocks")) blocks = strtoul(argv[++a], NULL, 10);
        else if (!strcmp(argv[a], "--repeat")) repeats = atoi(argv[++a]);
        else break;
    }
    if (a != argc - 1 || repeats < 1 || repeats > MOST_REPEATS) {
        fputs("usage: biosig [--samples | --physical] [--blocks N] [--repeat N] FILE\n", stderr);
        return 2;
    }
    double times[MOST_REPEATS];
    Reading reading = {0};
    for (int i = 0; i < (output == SUMMARY ? repeats : 1); i++) {
        forget(&reading);
        reading = read_file(argv[a], blocks, output);
        times[i] = reading.milliseconds;
    }
    if (output == SUMMARY) {
        const double first = times[0];
        qsort(times, repeats, sizeof *times, ascending);
        print_summary(&reading, (times[(repeats - 1) / 2] + times[repeats / 2]) / 2, first);
    } else {
        print_samples(&reading);
    }
    forget(&reading);
    return 0;
}

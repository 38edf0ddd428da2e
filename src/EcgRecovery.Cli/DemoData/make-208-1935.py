"""Makes 208-1935.hea and 208-1935.dat out of the recording that SciPy ships (Debian package python3-scipy 1.10.1-2).

    python3 make-208-1935.py /usr/lib/python3/dist-packages/scipy/misc/ecg.dat .

The file is an npz archive: one array `ecg`, 108,000 unsigned 16-bit samples in the ADC units of MIT-BIH record 208. They are
written as one WFDB signal in format 212: two 12-bit two's complement samples in three bytes.
"""
import sys

import numpy as np

NAME, FREQUENCY_HZ, GAIN, ADC_BITS, ADC_ZERO, LEAD = "208-1935", 360, 200, 11, 1024, "MLII"
COMMENTS = """\
# 23 F
# Samples 422820 to 530820 (19:35 to 24:35) of the first signal of record 208, MIT-BIH Arrhythmia Database 1.0.0.
# Made available under the Open Data Commons Attribution License 1.0 (ODC-By 1.0).
# Moody GB, Mark RG (2001), The impact of the MIT-BIH Arrhythmia Database, doi:10.1109/51.932724
# Goldberger AL et al. (2000), PhysioBank, PhysioToolkit, and PhysioNet, doi:10.1161/01.CIR.101.23.e215
"""


def main(source, folder):
    samples = np.load(source)["ecg"].astype(np.int64)
    assert samples.shape == (108_000,) and samples.min() >= -2047 and samples.max() <= 2047

    first, second = samples[0::2] & 0xFFF, samples[1::2] & 0xFFF
    packed = np.stack([first & 0xFF, (first >> 8) | ((second >> 8) << 4), second & 0xFF], axis=1).astype(np.uint8)
    with open(f"{folder}/{NAME}.dat", "wb") as data:
        data.write(packed.tobytes())

    checksum = (int(samples.sum()) + 0x8000) % 0x10000 - 0x8000
    with open(f"{folder}/{NAME}.hea", "w", encoding="ascii", newline="\n") as header:
        header.write(f"{NAME} 1 {FREQUENCY_HZ} {len(samples)}\n")
        header.write(f"{NAME}.dat 212 {GAIN} {ADC_BITS} {ADC_ZERO} {samples[0]} {checksum} 0 {LEAD}\n")
        header.write(COMMENTS)


main(sys.argv[1], sys.argv[2])

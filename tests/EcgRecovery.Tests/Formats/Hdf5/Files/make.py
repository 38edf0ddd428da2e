"""Writes the HDF5 files of these tests with h5py 3.7.0 (HDF5 1.10.8, Debian 12: apt-get install python3-h5py octave).

    /usr/bin/python3 make.py

Each holds 60 samples of two leads, ecg[t, lead] = ((7 t + 31 lead) mod 50 - 25) / 8. No file of MATLAB itself is at hand: matlab73.mat is
made as MathWorks describes version 7.3. octave.mat is Octave 7.3's: octave -q --eval 's.ecg = ...; s.fs = 360; save -hdf5 octave.mat s'.
"""
import subprocess

import h5py
import numpy as np

t, lead = np.arange(60)[:, None], np.arange(2)[None]
ecg = ((7 * t + 31 * lead) % 50 - 25) / 8


def write(name, libver, fill):
    with h5py.File(name, "w", libver=libver) as file:
        fill(file)


def dataset(**options):
    def fill(file):
        made = file.create_dataset("g/ecg", data=ecg, **options)
        made.attrs["units"] = "uV"
        file["g"].attrs["fs"] = 500
    return fill


def low(layout):
    def fill(file):
        plan = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        if layout == "compact":
            plan.set_layout(h5py.h5d.COMPACT)
        else:
            plan.set_chunk((16, 2))
            plan.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
        space = h5py.h5s.create_simple(ecg.shape)
        made = h5py.h5d.create(file.id, b"ecg", h5py.h5t.IEEE_F64LE, space, plan)
        made.write(h5py.h5s.ALL, h5py.h5s.ALL, ecg)
        file["fs"] = 500.0
    return fill


def dense(file):
    for i in range(60):
        file.create_group(f"a_group_with_a_long_name_{i}")
    file["ecg"] = ecg.T
    file.attrs["sampling rate"] = 500


def links(file):
    file["a"] = h5py.SoftLink("b")
    file["b"] = h5py.SoftLink("a")
    file["c"] = h5py.ExternalLink("/etc/hostname", "/x")
    file["round"] = file["/"]
    file["ecg"] = ecg.T
    file["fs"] = 500


def paged(file):
    file.create_dataset("ecg", data=(np.arange(1100) % 100).astype("i1"), chunks=(1,))
    file["fs"] = 500


def unwritten(file):
    made = file.create_dataset("ecg", (60,), "f4", chunks=(20,), fillvalue=np.nan)
    made[20:40] = ecg[20:40, 0]
    file["fs"] = 500
    file["channels"] = ["V5"]


def open_signals(file):
    device = file.create_group("00:07:80:58:9B:3F")
    device.attrs["sampling rate"] = 1000
    for i in (1, 2):
        device.create_dataset(f"raw/channel_{i}", data=(8 * ecg[:, i - 1:i] + 25).astype("u2"))
    device.create_dataset("raw/nSeq", data=(t % 16).astype("u1"))
    device.create_dataset("digital/digital_1", data=np.zeros((60, 1), "u1"))


def kinds(file):
    file["complex"] = ecg.astype(complex)
    file["table"] = np.zeros(60, [("a", "f4"), ("b", "i2")])
    file["logical"] = ecg > 0
    file.create_dataset("scaled", data=ecg, chunks=(60, 2), scaleoffset=3)


def grow(file):
    file.create_dataset("ecg", data=ecg, chunks=(16, 2), maxshape=(None, 2))
    file["fs"] = 500


def matlab(file):
    def put(name, data, kind):
        made = file.create_dataset(name, data=data)
        made.attrs["MATLAB_class"] = np.bytes_(kind)
        return made

    def text(name, words):
        return put(name, np.array([[ord(c)] for c in words], "u2"), "char")

    file.create_group("ECG").attrs["MATLAB_class"] = np.bytes_("struct")
    put("ECG/data", ecg, "double")  # 2 x 60 in MATLAB
    put("ECG/srate", np.array([[250.0]]), "double")
    put("ECG/empty", np.array([0, 0], "u8"), "double").attrs["MATLAB_empty"] = np.uint8(1)
    names = [text("#refs#/b", "II"), text("#refs#/c", "V5")]
    references = np.array([[name.ref] for name in names], h5py.ref_dtype)
    put("ECG/labels", references, "cell")
    text("ECG/units", "uV")
    chanlocs = file.create_group("EEG/chanlocs")
    chanlocs.create_dataset("labels", data=references)
    put("EEG/ic", np.array([[1.0, 2.0]]), "double")


for libver in ("earliest", "latest"):
    write(f"{libver}_contiguous.h5", libver, dataset())
    write(f"{libver}_gzip.h5", libver, dataset(chunks=(16, 2), compression="gzip", shuffle=True, fletcher32=True))
    write(f"{libver}_lzf.h5", libver, dataset(chunks=(21, 1), compression="lzf"))
    write(f"{libver}_single.h5", libver, dataset(chunks=(60, 2)))
write("compact.h5", "earliest", low("compact"))
write("implicit.h5", "latest", low("implicit"))
write("dense.h5", "latest", dense)
write("links_old.h5", "earliest", links)
write("links_new.h5", "latest", links)
write("paged.h5", "latest", paged)
write("unwritten.h5", "earliest", unwritten)
write("opensignals.h5", "earliest", open_signals)
write("kinds.h5", "earliest", kinds)
write("grow.h5", "latest", grow)
with h5py.File("matlab73.mat", "w", userblock_size=512) as file:
    matlab(file)
with open("matlab73.mat", "r+b") as file:
    file.write(b"MATLAB 7.3 MAT-file, made by h5py".ljust(124) + b"\0\x02IM")
subprocess.run(
    ["octave", "-q", "--eval", "s.ecg = (mod(7 * (0:59) + 31 * [0; 1], 50) - 25) / 8; s.fs = 360; save -hdf5 octave.mat s"],
    check=True, stderr=subprocess.DEVNULL)

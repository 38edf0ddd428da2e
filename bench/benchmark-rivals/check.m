% Checks the Octave functions of this folder: octave-cli check.m. Needs no recording and no OSET; ends with 1 at the first difference.

1; % A script, not a function file.

function check_record()
    % A record written by hand: gain 200 per mV, 0 mV at 1,024; the second sample of the first lead is missing.
    folder = tempname();
    mkdir(folder);
    file = fopen(fullfile(folder, "a.hea"), "w");
    fprintf(file, "# a comment\na 2 360 3\na.dat 16 200(1024)/mV 16 1024 1224 0 0 MLII\na.dat 16 100/mV 16 0 -50 0 0 lead V 1\n");
    fclose(file);
    file = fopen(fullfile(folder, "a.dat"), "w", "ieee-le");
    fwrite(file, [1224 -50 -32768 0 824 250], "int16");
    fclose(file);
    record = read_record(fullfile(folder, "a"));
    assert(record.leads, [1 -0.5; NaN 0; -1 2.5]);
    assert(record.fs, 360);
    record.leads(2, 1) = 0.25;
    write_record(fullfile(folder, "new", "a"), record);
    again = read_record(fullfile(folder, "new", "a"));
    assert(again.leads, [1 -0.5; 0.25 0; -1 2.5]);
    fields = strsplit(again.header{2});
    assert(fields(6:end), {"-50", "200", "0", "lead", "V", "1"});
    % 1224 + 1074 + 824 is the checksum.
    fields = strsplit(again.header{1});
    assert(fields(6:end), {"1224", "3122", "0", "MLII"});
    confirm_recursive_rmdir(false);
    rmdir(folder, "s");
end

function check_autoregressive()
    % Two sinusoids are an autoregressive process of order 4 without noise, so their continuation is exact.
    t = (1:2000)';
    x = sin(t / 7) + 0.5 * cos(t / 3);
    gapped = x;
    gapped(1000:1099) = NaN;
    assert(fill_ar(gapped, 360, [1000 1099]), x, 1e-8);
    % At the ends of the lead one side is enough.
    gapped = x;
    gapped(1:100) = NaN;
    assert(fill_ar(gapped, 360, [1 100]), x, 1e-8);
    % Burg's method against the one of octave-signal: the same forward continuation of noise. The weight of it is 1 - 1/21 at first.
    randn("seed", 1);
    noise = filter(1, [1 -1.5 0.8], randn(1000, 1));
    a = arburg(noise(1:480) - mean(noise(1:480)), 6);
    b = arburg(noise(1000:-1:501) - mean(noise(1000:-1:501)), 6);
    forward = filter(1, a, zeros(20, 1), filtic(1, a, noise(480:-1:475) - mean(noise(1:480)))) + mean(noise(1:480));
    backward = filter(1, b, zeros(20, 1), filtic(1, b, noise(501:506) - mean(noise(501:1000)))) + mean(noise(501:1000));
    weight = (1:20)' / 21;
    gapped = noise;
    gapped(481:500) = NaN;
    assert(fill_ar(gapped, 1000, [481 500], 8, 1, 6)(481:500), (1 - weight) .* forward + weight .* flipud(backward), 1e-10);
end

function check_peaks()
    % Peaks every 100 samples; those at 300 and 400 are lost, and one was found where nothing was observed.
    missing = false(1, 1000);
    missing(290:410) = true;
    assert(bridge_gaps([100 200 350 500 600], missing), [100 200 300 400 500 600]);
    % Nothing is invented before the first peak or without an interval to go by.
    assert(bridge_gaps([500 600], missing), [500 600]);
end

function check_least_squares()
    % The minimum of a Gaussian kernel's own samples is the kernel; a bound holds.
    t = -3:0.1:3;
    kernel = @(p) p(1) * exp(-(t - p(3)) .^ 2 / (2 * p(2) ^ 2));
    options = optimset("TolX", 1e-8, "TolFun", 1e-12, "MaxIter", 100);
    assert(lsqnonlin(@(p) kernel(p) - kernel([1.5 0.4 0.3]), [1 1 0], [-9 -9 -9], [9 9 9], options), [1.5 0.4 0.3], 1e-5);
    assert(lsqnonlin(@(p) p - 5, 0, -1, 2, options), 2);
end

here = fileparts(mfilename("fullpath"));
addpath(here, fullfile(here, "oset"), fullfile(here, "oset", "stand-ins"));
warning("off", "all");
try
    pkg load signal;
    check_record();
    check_autoregressive();
    check_peaks();
    check_least_squares();
    disp("ok");
catch problem
    fprintf(stderr, "%s, in %s\n", problem.message, problem.stack(min(end, 2)).name);
    exit(1);
end

function add_oset()
% Adds OSET's functions to the path. The environment variable OSET names the folder of its checkout; nothing of it is in this repository.

    folder = getenv("OSET");
    if isempty(folder)
        error("rivals:setup", "the environment variable OSET is not set: it names the folder of a checkout of alphanumericslab/OSET");
    elseif ! isfile(fullfile(folder, "matlab", "tools", "ecg", "EKSmoother.m"))
        error("rivals:setup", "%s is no checkout of alphanumericslab/OSET: it has no matlab/tools/ecg/EKSmoother.m", folder);
    end
    % What Octave lacks, and the functions under their earlier names that ECGBeatFitterAuto still calls.
    addpath(fullfile(fileparts(mfilename("fullpath")), "stand-ins"), fullfile(folder, "deprecated"));
    for part = {"ecg", "generic", "modeling"}
        addpath(fullfile(folder, "matlab", "tools", part{1}));
    end
end

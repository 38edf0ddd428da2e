% Fills the gaps of an exported plan with one of the methods of this folder, and writes the predictions:
%
%   octave-cli run_method.m EXPORT METHOD PREDICTIONS [CELL...]
%
% METHOD is the rest of a file's name here: fill_METHOD.m. It gets one lead with NaN in place of every missing sample, and the gaps to
% fill; it cannot look under them, for the exported records have no samples there. A method may leave NaN: no estimate.

1; % A script, not a function file.

function fill_file(export_folder, predictions, fill, gaps)
    record = read_record(fullfile(export_folder, "gapped", gaps(1).cell, gaps(1).file));
    for lead = unique([gaps.lead])
        ours = gaps([gaps.lead] == lead);
        try
            record.leads(:, lead) = fill(record.leads(:, lead), record.fs, [ours.first; ours.last]');
        catch problem
            if strcmp(problem.identifier, "rivals:setup")
                rethrow(problem);
            end
            fprintf(stderr, "%s/%s, lead %d: no estimate: %s\n", gaps(1).cell, gaps(1).file, lead - 1, problem.message);
        end
    end
    write_record(fullfile(predictions, gaps(1).cell, gaps(1).file), record);
end

function fill_plan(arguments)
    if numel(arguments) < 3
        error("usage: octave-cli run_method.m EXPORT METHOD PREDICTIONS [CELL...]");
    end
    [export_folder, method, predictions] = arguments{1:3};
    if exist(["fill_" method], "file") != 2
        error("no method %s: there is no fill_%s.m", method, method);
    end
    gaps = read_gaps(export_folder);
    cells = arguments(4:end);
    if isempty(cells)
        cells = unique({gaps.cell});
    end
    for c = 1:numel(cells)
        start = tic;
        cell_gaps = gaps(strcmp({gaps.cell}, cells{c}));
        if isempty(cell_gaps)
            error("gaps.csv has no cell %s", cells{c});
        end
        files = unique({cell_gaps.file});
        for f = 1:numel(files)
            fill_file(export_folder, predictions, str2func(["fill_" method]), cell_gaps(strcmp({cell_gaps.file}, files{f})));
        end
        printf("%s: %d files, %.0f s\n", cells{c}, numel(files), toc(start));
    end
end

warning("off", "all");
addpath(fileparts(mfilename("fullpath")), fullfile(fileparts(mfilename("fullpath")), "oset"));
try
    pkg load signal;
    fill_plan(argv());
catch problem
    fprintf(stderr, "%s\n", strtrim(strsplit(problem.message, "\n"){1}));
    exit(1);
end

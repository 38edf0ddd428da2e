function gaps = read_gaps(folder)
% Reads gaps.csv of an exported plan: a struct array with cell, file, lead (from 1), first, last (samples from 1, both in the gap).

    path = fullfile(folder, "gaps.csv");
    file = fopen(path, "r");
    if file < 0
        error("%s does not exist: the first argument is the folder that the benchmark exported", path);
    end
    table = textscan(file, "%s %s %s %d %s %d %d", "Delimiter", ",", "HeaderLines", 1);
    fclose(file);
    gaps = struct("cell", table{1}, "file", table{2}, "lead", num2cell(double(table{4}) + 1), ...
        "first", num2cell(double(table{6}) + 1), "last", num2cell(double(table{7})));
end

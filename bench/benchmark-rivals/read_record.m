function record = read_record(path)
% Reads a WFDB record of format 16 with all signals in one file. path has no extension.
%
% record.leads   mV, [samples, leads]; NaN where a sample is missing (-32768)
% record.fs      sampling frequency, Hz
% record.header  cell array of the header's signal lines
% record.gain, record.baseline   ADC units per mV, ADC units at 0 mV; [1, leads]

    file = fopen([path ".hea"], "r");
    if file < 0
        error("%s.hea does not exist", path);
    end
    text = fread(file, [1 Inf], "char=>char");
    fclose(file);
    lines = strtrim(strsplit(text, "\n"));
    lines = lines(! cellfun(@(line) isempty(line) || line(1) == "#", lines));
    fields = strsplit(lines{1});
    leads = str2double(fields{2});
    record.fs = sscanf(fields{3}, "%f", 1);
    record.header = lines(2:leads + 1);
    for lead = 1:leads
        fields = strsplit(record.header{lead});
        if ! strcmp(fields{2}, "16")
            error("%s.hea has signal format %s; only 16 is read", path, fields{2});
        end
        record.gain(lead) = sscanf(fields{3}, "%f", 1);
        record.baseline(lead) = str2double(fields{5});
        baseline = regexp(fields{3}, '\((-?\d+)\)', "tokens", "once");
        if ! isempty(baseline)
            record.baseline(lead) = str2double(baseline{1});
        end
    end
    file = fopen([path ".dat"], "r", "ieee-le");
    if file < 0
        error("%s.dat does not exist", path);
    end
    digital = fread(file, [leads Inf], "int16")';
    fclose(file);
    digital(digital == -32768) = NaN;
    record.leads = (digital - record.baseline) ./ record.gain;
end

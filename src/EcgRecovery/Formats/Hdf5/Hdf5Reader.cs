using System.Globalization;
using System.Text;
using EcgRecovery.Formats.Arrays;
using EcgRecovery.Formats.Files;

namespace EcgRecovery.Formats.Hdf5;

/// <summary>Lists the arrays of an HDF5 file, or of a MATLAB file of version 7.3, which is one.</summary>
/// <remarks>
/// MATLAB writes a struct as a group, cells and struct arrays as datasets of references, and matrices column by column, that is, with their
/// dimensions in reverse; the attribute MATLAB_class has the class. Links to names and to other files are not followed, so no other file is
/// opened. Source: HDF5 File Format Specification 3.0; for MATLAB, files that Octave and h5py wrote after
/// https://mathworks.com/help/matlab/import_export/mat-file-versions.html.
/// </remarks>
/// <param name="source">The file's bytes.</param>
/// <param name="path">The file's name in errors.</param>
/// <param name="separator">Between the parts of a name: <c>/</c>, or for MATLAB <c>.</c>.</param>
internal sealed class Hdf5Reader(ArraySource source, string path, char separator)
{
    private const int MaximumDepth = 16;
    private const int MaximumReferences = 4096;
    private const int LongestTexts = 1 << 16;

    private readonly Hdf5File _file = new(source, path);
    private readonly ArrayContents _contents = new(path, separator);
    private readonly HashSet<long> _groups = [];
    private int _objects;

    private bool IsMatlab => separator == '.';

    /// <summary>Lists the arrays, texts and attributes.</summary>
    /// <exception cref="InvalidDataException">The file is broken.</exception>
    public ArrayContents List()
    {
        ListObject(_file.RootAddress, "", "", "", 0);
        return _contents;
    }

    /// <summary>Lists a group or dataset.</summary>
    /// <param name="address">Its header.</param>
    /// <param name="parent">The group that holds it.</param>
    /// <param name="leaf">Its own name.</param>
    /// <param name="name">Its whole name; empty for the root.</param>
    /// <param name="depth">Number of groups around it.</param>
    private void ListObject(long address, string parent, string leaf, string name, int depth)
    {
        // A group may be listed once more through every reference.
        if (_contents.IsFull || depth > MaximumDepth || _objects++ > ArrayContents.MaximumEntries)
            return;
        var header = Hdf5Header.Read(_file, address);
        if (header.Find(Hdf5MessageKind.Layout) is not null)
        {
            ListDataset(header, parent, leaf, name, depth);
        }
        else if (_groups.Add(address) && Hdf5Group.List(_file, header) is { } members)
        {
            ListAttributes(header, name);
            // Octave writes a variable as a group of its type and value.
            if (members.Count == 2 && members.Any(member => member.Name == "type") && name.Length > 0
                && members.FirstOrDefault(member => member.Name == "value") is { Name: not null } value)
            {
                ListObject(value.Address, parent, leaf, name, depth + 1);
                return;
            }

            foreach (var (member, at) in members.Where(member => !IsMatlab || !member.Name.StartsWith('#')))
                ListObject(at, name, member, _contents.Join(name, member), depth + 1);
        }
    }

    private void ListDataset(Hdf5Header header, string parent, string leaf, string name, int depth)
    {
        if (header.Find(Hdf5MessageKind.Datatype) is not { } typeMessage || header.Find(Hdf5MessageKind.Dataspace) is not { } space)
            throw new InvalidDataException($"{path}: dataset {Shown(name)} has no type or size.");
        var type = Hdf5Type.Read(_file, typeMessage);
        var dimensions = Hdf5Space.Read(_file, space.Body);
        var matlab = IsMatlab ? Attributes(header).FirstOrDefault(attribute => attribute.Name == "MATLAB_class").Text ?? "" : "";
        var isEmpty = dimensions is null || dimensions.Contains(0)
            || IsMatlab && Attributes(header).Any(attribute => attribute.Name == "MATLAB_empty");
        if (isEmpty)
        {
            _contents.AddOther(name, "empty");
            return;
        }

        var what = header.Find(Hdf5MessageKind.ExternalFiles) is not null ? "in other files"
            : type.Kind == Hdf5Kind.Other ? type.What
            : matlab is "logical" or "function_handle" or "table" or "string" ? matlab
            : null;
        var values = what is null ? new Hdf5Values(_file, header, dimensions!, type.Bytes) : null;
        what ??= values!.Refusal;
        if (what is not null || values is null)
        {
            _contents.AddOther(name, what ?? "empty");
            return;
        }

        ListAttributes(header, name);
        switch (type.Kind)
        {
            case Hdf5Kind.Number when matlab == "char":
                AddCharacters(values, type, dimensions!, parent, leaf);
                break;
            case Hdf5Kind.Number:
                _contents.Add(new NumericArray(
                    parent, leaf, name, IsMatlab ? [.. dimensions!.Reverse()] : dimensions!, type.Number, values)
                {
                    IsBigEndian = type.IsBigEndian,
                    IsColumnMajor = IsMatlab,
                });
                break;
            case Hdf5Kind.Reference when IsMatlab:
                ListReferences(values, parent, leaf, name, depth);
                break;
            case Hdf5Kind.Reference:
                _contents.AddOther(name, "of references");
                break;
            default:
                AddTexts(values, type, parent, leaf);
                break;
        }
    }

    /// <summary>Lists what the cells of a cell array, or a field of all elements of a struct array, refer to.</summary>
    private void ListReferences(Hdf5Values values, string parent, string leaf, string name, int depth)
    {
        var count = values.Length / _file.OffsetSize;
        if (count > MaximumReferences)
        {
            _contents.AddOther(name, $"of {count} references");
            return;
        }

        var bytes = new byte[values.Length];
        values.Read(0, bytes);
        var listed = _contents.Texts.Count;
        for (var i = 0; i < count && !_contents.IsFull; i++)
        {
            var address = Hdf5Values.ReadReference(bytes.AsSpan(i * _file.OffsetSize, _file.OffsetSize));
            var element = string.Create(CultureInfo.InvariantCulture, $"{name}{{{i + 1}}}");
            ListObject(address, name, element[name.Length..], element, depth + 1);
        }

        // A list of names is a cell array of texts; EEGLAB's chanlocs.labels is a field of a struct array.
        var texts = _contents.Texts.Skip(listed).Where(text => text.Parent == name).ToArray();
        if (texts.Length != count)
            return;
        string[] all = [.. texts.Select(text => text.Values.Count == 1 ? text.Values[0] : "")];
        _contents.Add(new ArrayText(parent, leaf, all));
        if (parent.Length > 0)
        {
            var at = parent.LastIndexOf(separator);
            _contents.Add(new ArrayText(parent[..Math.Max(0, at)], _contents.Join(parent[(at + 1)..], leaf), all));
        }
    }

    private void AddCharacters(Hdf5Values values, Hdf5Type type, long[] dimensions, string parent, string leaf)
    {
        if (type.Bytes != 2 || values.Length > LongestTexts || dimensions.Length != 2)
        {
            _contents.AddOther(_contents.Join(parent, leaf), "text");
            return;
        }

        var bytes = new byte[values.Length];
        values.Read(0, bytes);
        var text = Encoding.Unicode.GetString(bytes);
        // In the file, one row per column of the matrix.
        var (columns, rows) = ((int)dimensions[0], (int)dimensions[1]);
        _contents.Add(new ArrayText(
            parent,
            leaf,
            rows * columns != text.Length
                ? [text]
                : [
                    .. Enumerable.Range(0, rows).Select(row => string.Concat(
                        Enumerable.Range(0, columns).Select(column => text[row + (column * rows)])).Trim('\0', ' '))
                ]));
    }

    private void AddTexts(ArraySource values, Hdf5Type type, string parent, string leaf)
    {
        if (values.Length > LongestTexts || ReadTexts(values, type) is not { } texts)
            _contents.AddOther(_contents.Join(parent, leaf), "text");
        else
            _contents.Add(new ArrayText(parent, leaf, texts));
    }

    private string[] ReadTexts(ArraySource values, Hdf5Type type)
    {
        var bytes = new byte[values.Length];
        values.Read(0, bytes);
        return
        [
            .. bytes.Chunk(type.Bytes).Select(element => type.Kind == Hdf5Kind.VariableText
                ? Hdf5Values.ReadVariableText(_file, element)
                : Encoding.UTF8.GetString(element).Split('\0')[0].Trim())
        ];
    }

    /// <summary>Lists the attributes of an object: single numbers, and texts.</summary>
    private void ListAttributes(Hdf5Header header, string name)
    {
        foreach (var (attribute, text, number) in Attributes(header))
        {
            if (attribute.StartsWith("MATLAB", StringComparison.Ordinal) || _contents.IsFull)
                continue;
            if (number is { } array)
                _contents.Add(array with { Parent = name, Leaf = attribute, Name = _contents.Join(name, attribute) });
            else if (text is not null)
                _contents.Add(new ArrayText(name, attribute, [text]));
        }
    }

    private IEnumerable<(string Name, string? Text, NumericArray? Number)> Attributes(Hdf5Header header) =>
        header.Messages.Where(message => message.Kind == Hdf5MessageKind.Attribute && !message.IsShared)
            .Select(message => ReadAttribute(message.Body));

    private (string Name, string? Text, NumericArray? Number) ReadAttribute(byte[] body)
    {
        var cursor = _file.Cursor(body);
        var version = cursor.Byte();
        var isShared = cursor.Byte() != 0 && version > 1;
        if (version is < 1 or > 3)
            throw new InvalidDataException($"{path} has an HDF5 attribute of version {version}; expected 1 to 3.");
        var (nameBytes, typeBytes, spaceBytes) = (cursor.UInt16(), cursor.UInt16(), cursor.UInt16());
        cursor.Skip(version == 3 ? 1 : 0);
        var name = cursor.Text(Padded(nameBytes));
        var typeBody = cursor.Take(Padded(typeBytes));
        var spaceBody = cursor.Take(Padded(spaceBytes));
        // A type of another object says little about a single number.
        if (isShared)
            return (name, null, null);
        var type = Hdf5Type.Read(_file, typeBody);
        if (Hdf5Space.Read(_file, spaceBody) is not { } dimensions
            || ArraySize.Product(dimensions) != 1 || cursor.Left < type.Bytes)
        {
            return (name, null, null);
        }

        var value = new MemoryArraySource(cursor.Take(type.Bytes).ToArray(), path);
        return type.Kind switch
        {
            Hdf5Kind.Number => (name, null, new NumericArray("", name, name, [], type.Number, value)
            {
                IsBigEndian = type.IsBigEndian,
                IsAttribute = true,
            }),
            Hdf5Kind.Text or Hdf5Kind.VariableText => (name, ReadTexts(value, type)[0], null),
            _ => (name, null, null),
        };

        int Padded(int bytes) => version == 1 ? (bytes + 7) / 8 * 8 : bytes;
    }

    private static string Shown(string name) => InputFile.Shorten(name);
}

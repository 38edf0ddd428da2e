namespace EcgRecovery.Formats.Arrays;

/// <summary>The storage type of an array's numbers.</summary>
internal enum ArrayNumber
{
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Half,
    Single,
    Double,
}

/// <summary>What holds for storage types.</summary>
internal static class ArrayNumbers
{
    /// <summary>Returns the bytes of a number.</summary>
    public static int Size(this ArrayNumber number) => number switch
    {
        ArrayNumber.Int8 or ArrayNumber.UInt8 => 1,
        ArrayNumber.Int16 or ArrayNumber.UInt16 or ArrayNumber.Half => 2,
        ArrayNumber.Int32 or ArrayNumber.UInt32 or ArrayNumber.Single => 4,
        _ => 8,
    };

    /// <summary>Returns whether a type has floating-point numbers.</summary>
    public static bool IsFloat(this ArrayNumber number) => number is ArrayNumber.Half or ArrayNumber.Single or ArrayNumber.Double;

    /// <summary>Returns whether every number of a type, except the mark of a missing sample, is an ADC value of 32 bits.</summary>
    public static bool FitsAdcUnits(this ArrayNumber number) =>
        number is ArrayNumber.Int8 or ArrayNumber.UInt8 or ArrayNumber.Int16 or ArrayNumber.UInt16 or ArrayNumber.Int32;

    /// <summary>Returns the type of whole numbers of a size; null if there is none.</summary>
    public static ArrayNumber? Whole(int bytes, bool isSigned) => (bytes, isSigned) switch
    {
        (1, true) => ArrayNumber.Int8,
        (1, false) => ArrayNumber.UInt8,
        (2, true) => ArrayNumber.Int16,
        (2, false) => ArrayNumber.UInt16,
        (4, true) => ArrayNumber.Int32,
        (4, false) => ArrayNumber.UInt32,
        (8, true) => ArrayNumber.Int64,
        (8, false) => ArrayNumber.UInt64,
        _ => null,
    };

    /// <summary>Returns the type of floating-point numbers of a size; null if there is none.</summary>
    public static ArrayNumber? Float(int bytes) => bytes switch
    {
        2 => ArrayNumber.Half,
        4 => ArrayNumber.Single,
        8 => ArrayNumber.Double,
        _ => null,
    };
}

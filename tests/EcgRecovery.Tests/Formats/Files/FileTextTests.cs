using EcgRecovery.Formats.Files;

namespace EcgRecovery.Tests.Formats.Files;

public class FileTextTests
{
    [Fact]
    public void Text_is_UTF_8() => Assert.Equal("µV", FileText.Decode("µV"u8));

    [Fact]
    public void Latin_1_is_read_where_the_bytes_are_no_UTF_8() => Assert.Equal("µV", FileText.Decode([0xB5, (byte)'V']));
}

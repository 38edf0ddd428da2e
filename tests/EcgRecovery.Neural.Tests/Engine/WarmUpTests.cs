using System.Reflection;
using EcgRecovery.Neural.Engine;
using EcgRecovery.Neural.Kernels;
using static EcgRecovery.Neural.Tests.Kernels.LanePaths;

namespace EcgRecovery.Neural.Tests.Engine;

public sealed class WarmUpTests
{
    [Fact]
    public void Every_kernel_of_training_is_in_its_list()
    {
        const BindingFlags Any =
            BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var withKernels = typeof(WarmUp<>).Assembly.GetTypes()
            .Where(type => type != typeof(GateProduct))   // only for inference
            .Where(type => type.GetMethods(Any)
                .Any(method => method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveOptimization)));
        var listed = WarmUp<Lanes128>.Types.Select(type => type.IsGenericType ? type.GetGenericTypeDefinition() : type);

        Assert.Equal(listed.OrderBy(type => type.Name), withKernels.OrderBy(type => type.Name));
    }

    [Fact]
    public void Every_kernel_of_every_path_compiles() =>
        OnEveryPath(WarmUp<Lanes128>.Compile, WarmUp<Lanes256>.Compile, WarmUp<Lanes512>.Compile);
}

using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Tessera.Kernel.Database;

/// <summary>
/// The system account PostgreSQL runs under: the host's own, or, since PostgreSQL refuses to run as root, an unprivileged one
/// when the host is root.
/// </summary>
internal sealed class ServerAccount
{
    private const string CannotRunAsRoot = "PostgreSQL refuses to run as root and ";

    private static readonly string[] Unprivileged = ["postgres", "nobody"];

    private readonly (uint User, uint Group)? _other;
    private string? _capability;

    private ServerAccount((uint, uint)? other) => _other = other;

    /// <summary>
    /// The account for a data folder: the host's own unless the host is root; then the owner of the existing
    /// <paramref name="cluster"/>, else <c>postgres</c> or <c>nobody</c>.
    /// </summary>
    public static async Task<ServerAccount> ChooseAsync(string cluster, CancellationToken cancel)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new ServerAccount(null);
        }

        if (!Programs.Exist("setpriv"))
        {
            throw new EmbeddedPostgresException(CannotRunAsRoot + "`setpriv` (package util-linux), which starts it as another user, "
                + "is not installed. Install it, start the host as an ordinary user, or set ConnectionStrings__Tessera.");
        }

        if (Directory.Exists(cluster))
        {
            var (_, owner) = await Programs.RunAsync(Programs.Command("stat", ["-c", "%u:%g", cluster]), cancel);
            var ids = owner.Trim().Split(':');
            if (uint.Parse(ids[0], CultureInfo.InvariantCulture) is var user and not 0)
            {
                return new ServerAccount((user, uint.Parse(ids[1], CultureInfo.InvariantCulture)));
            }
        }

        var accounts = (await File.ReadAllLinesAsync("/etc/passwd", cancel)).Select(line => line.Split(':')).Where(fields => fields.Length > 3).ToList();
        var chosen = Unprivileged.Select(name => accounts.Find(fields => fields[0] == name)).FirstOrDefault(fields => fields is not null)
            ?? throw new EmbeddedPostgresException(CannotRunAsRoot + "this system has no user named postgres or nobody to run it as. "
                + "Create one (`useradd --system postgres`), start the host as an ordinary user, or set ConnectionStrings__Tessera.");
        return new ServerAccount((uint.Parse(chosen[2], CultureInfo.InvariantCulture), uint.Parse(chosen[3], CultureInfo.InvariantCulture)));
    }

    /// <summary>Gives a file or folder of the host to the account, with access for nobody else.</summary>
    public void Own(string path)
    {
        if (_other is { } id && NativeMethods.ChangeOwner(path, id.User, id.Group) != 0)
        {
            throw new EmbeddedPostgresException(CannotRunAsRoot
                + $"{path} could not be given to user {id.User}: {Marshal.GetLastPInvokeErrorMessage()}. "
                + "Start the host as an ordinary user, or set ConnectionStrings__Tessera.");
        }
    }

    /// <summary>
    /// Makes sure that the account reaches the programs and the data folder. Root's home, for example, is closed to others; the
    /// server then gets the single capability to pass closed folders, rather than the folders being opened behind the user's back.
    /// </summary>
    public async Task EnsureReachesAsync(string binaries, string cluster, ILogger logger, CancellationToken cancel)
    {
        if (_other is not { } id)
        {
            return;
        }

        var output = "";
        foreach (var capability in new[] { null, "dac_read_search", "dac_override" })
        {
            _capability = capability;
            const string Probe = "test -x \"$0\" && test -r \"$1\" && test -w \"$2\"";
            var probe = Command("sh", ["-c", Probe, EmbeddedPostgresBinaries.Server(binaries), Path.Combine(binaries, "lib"), cluster]);
            (var status, output) = await Programs.RunAsync(probe, cancel);
            if (status == 0)
            {
                if (capability is not null)
                {
                    logger.LogInformation(
                        "User {User} may not enter every folder above {Binaries} and {Cluster}: PostgreSQL runs with CAP_{Capability}",
                        id.User, binaries, cluster, capability.ToUpperInvariant());
                }

                return;
            }
        }

        throw new EmbeddedPostgresException(CannotRunAsRoot + $"user {id.User}, whom it would run as, can't reach {binaries} and {cluster}"
            + $"{(output.Length > 0 ? $" ({output.Trim()})" : "")}. Move the installation and TESSERA_DATA_DIR to folders that user may enter, "
            + "start the host as an ordinary user, or set ConnectionStrings__Tessera.");
    }

    /// <summary>A command that runs under the account.</summary>
    public ProcessStartInfo Command(string program, IEnumerable<string> arguments) => Wrapped(program, arguments, []);

    /// <summary>
    /// A command for the server itself, which keeps its process id. Where the system can, it is shut down when the thread that
    /// starts it ends, even by <c>kill -9</c> of the host, and a terminal's Ctrl-C reaches the host alone, so that the host drains first.
    /// </summary>
    public ProcessStartInfo ServerCommand(string program, IEnumerable<string> arguments)
    {
        if (!OperatingSystem.IsLinux() || !Programs.Exist("setpriv"))
        {
            return Programs.Command(program, arguments);
        }

        var command = Wrapped(program, arguments, ["--pdeathsig=INT"]);
        return Programs.Exist("setsid") ? Programs.Command("setsid", command.ArgumentList.Prepend(command.FileName)) : command;
    }

    private ProcessStartInfo Wrapped(string program, IEnumerable<string> arguments, IReadOnlyList<string> options)
    {
        List<string> all = [.. options];
        if (_other is { } id)
        {
            all.AddRange([$"--reuid={id.User}", $"--regid={id.Group}", "--clear-groups"]);
            if (_capability is not null)
            {
                // Without the secure bit, access(2), by which initdb looks at its neighbours, ignores the capability.
                all.AddRange(["--securebits=+no_setuid_fixup", $"--inh-caps=+{_capability}", $"--ambient-caps=+{_capability}"]);
            }
        }

        return all.Count == 0 ? Programs.Command(program, arguments) : Programs.Command("setpriv", [.. all, program, .. arguments]);
    }
}

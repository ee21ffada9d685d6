using System.Diagnostics;
using System.Globalization;
using Tessera.Timetabling.Constraints;
using Tessera.Timetabling.Formats;

namespace Tessera.Timetabling.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("timetabling-cli");

    public void Dispose() => folder.Delete(recursive: true);

    private string Save(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string Out(string name) => Path.Combine(folder.FullName, name);

    /// <summary>A school of one teacher with so many lessons in a week of two days of three hours.</summary>
    private string School(int lessons, string rules = "") => Save("school.fet", $"""
        <fet version="6.1.0"><Mode>Official</Mode>
        <Days_List><Day><Name>Mon</Name></Day><Day><Name>Tue</Name></Day></Days_List>
        <Hours_List><Hour><Name>9</Name></Hour><Hour><Name>10</Name></Hour><Hour><Name>11</Name></Hour></Hours_List>
        <Teachers_List><Teacher><Name>Ada</Name></Teacher></Teachers_List>
        <Students_List><Year><Name>1</Name></Year><Year><Name>2</Name></Year></Students_List>
        <Activities_List>{string.Concat(Enumerable.Range(1, lessons).Select(i => $"<Activity><Teacher>Ada</Teacher><Subject>M</Subject><Students>{1 + i % 2}</Students><Duration>1</Duration><Id>{i}</Id><Active>true</Active></Activity>"))}</Activities_List>
        <Time_Constraints_List>{rules}</Time_Constraints_List></fet>
        """);

    private static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using var process = Start(arguments);
        return End(process);
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Tessera.Timetabling.Cli.dll"), .. arguments])
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static (int Code, string Output, string Errors) End(Process process)
    {
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }

    [Fact]
    public void A_complete_timetable_ends_with_0_and_checks_as_complete()
    {
        var school = School(6);
        var (code, output, _) = Run("solve", school, "--out", Out("t.csv"), "--mode", "first", "--iterations", "20000", "--seed", "7");
        Assert.Equal(0, code);
        Assert.StartsWith("complete: 6/6 placed", output, StringComparison.Ordinal);
        Assert.Equal(0, Run("check", school, Out("t.csv")).Code);
    }

    [Fact]
    public void A_partial_timetable_ends_with_2_and_every_unplaced_lesson_has_its_reasons()
    {
        // Three lessons in a row, a free hour between any two of them and no gaps: no proof covers that together.
        var rules = "<ConstraintMinGapsBetweenActivities><Weight_Percentage>100</Weight_Percentage><Number_of_Activities>6</Number_of_Activities>"
            + string.Concat(Enumerable.Range(1, 6).Select(i => $"<Activity_Id>{i}</Activity_Id>")) + "<MinGaps>1</MinGaps></ConstraintMinGapsBetweenActivities>";
        var (code, output, _) = Run("solve", School(6, rules), "--out", Out("t.csv"), "--iterations", "50000");
        Assert.Equal(2, code);
        Assert.StartsWith("partial:", output, StringComparison.Ordinal);
        Assert.True(File.Exists(Out("t.csv")));
    }

    [Fact]
    public void A_proven_contradiction_ends_with_3_and_is_named()
    {
        var (code, output, _) = Run("solve", School(7), "--out", Out("t.csv"), "--iterations", "20000");
        Assert.Equal(3, code);
        Assert.Contains("Ada: 7 lesson hours, but only 6 slots", output, StringComparison.Ordinal);
        Assert.Equal(3, Run("explain", School(7)).Code);
    }

    [Theory]
    [InlineData("school.fet", "<fet><Days_List>", "line 1")]
    [InlineData("courses.ctt", "Name: x\nCourses: two\n", "line")]
    [InlineData("archive.xml", "<HighSchoolTimetableArchive><Instances>", "line 1")]
    public void Bad_input_ends_with_1_and_its_position(string name, string text, string expected)
    {
        foreach (var arguments in new string[][] { ["solve", Save(name, text), "--out", Out("t")], ["explain", Save(name, text)], ["check", Save(name, text), Save("t.csv", "1,Mon,9")] })
        {
            var (code, _, errors) = Run(arguments);
            Assert.Equal(1, code);
            Assert.Contains($"{name}: {expected}", errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--time", "soon")]
    [InlineData("--time", "-1")]
    [InlineData("--threads", "0")]
    [InlineData("--mode", "quick")]
    [InlineData("--iterations", "none")]
    [InlineData("--seed", "x")]
    public void A_bad_option_ends_with_1_and_names_it(string option, string value)
    {
        var (code, _, errors) = Run("solve", School(2), "--out", Out("t.csv"), option, value);
        Assert.Equal(1, code);
        Assert.Contains(option, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_for_the_output_is_noticed_before_the_search()
    {
        var (code, _, errors) = Run("solve", School(2), "--out", Path.Combine(folder.FullName, "none", "t.csv"), "--time", "600");
        Assert.Equal(1, code);
        Assert.Contains("there is no folder", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM")]
    public void A_search_told_to_end_writes_the_best_it_has(string signal)
    {
        // One soft rule that cannot be kept, and nothing that proves it: the search would use its ten minutes.
        var rules = "<ConstraintTeacherMaxGapsPerDay><Weight_Percentage>100</Weight_Percentage><Teacher_Name>Ada</Teacher_Name><Max_Gaps>0</Max_Gaps></ConstraintTeacherMaxGapsPerDay>"
            + "<ConstraintTeacherMaxHoursDaily><Weight_Percentage>50</Weight_Percentage><Teacher_Name>Ada</Teacher_Name><Maximum_Hours_Daily>2</Maximum_Hours_Daily></ConstraintTeacherMaxHoursDaily>";
        using var process = Start("solve", School(6, rules), "--out", Out("t.csv"), "--time", "600");
        // The first line of progress says that it is searching.
        Assert.NotNull(process.StandardError.ReadLine());
        using (var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)])) kill.WaitForExit();
        var (code, output, _) = End(process);
        Assert.True(code is 0 or 2, $"{code}: {output}");
        Assert.True(File.Exists(Out("t.csv")));
    }
}

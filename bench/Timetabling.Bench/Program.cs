using System.CommandLine;
using System.Globalization;
using Tessera.Timetabling.Bench;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var folder = new Argument<DirectoryInfo>("instances") { Description = "A folder with .fet, .ctt and XHSTT .xml files, plain or gzipped, searched with its subfolders." };
var limit = new Option<int>("--limit") { Description = "Seconds per run.", DefaultValueFactory = _ => 20 };
var seeds = new Option<int>("--seeds") { Description = "Runs per instance.", DefaultValueFactory = _ => 3 };
var only = new Option<string>("--only") { Description = "Only instances whose name contains this.", DefaultValueFactory = _ => "" };
var minute = new Option<bool>("--minute") { Description = "Also a minute on all cores per school, for T5." };
var root = new RootCommand("Prints the table of targets of the timetable solver, side by side with fet-cl when it is installed.") { folder, limit, seeds, only, minute };
var folderToPlant = new Argument<DirectoryInfo>("instances") { Description = "A folder with .fet files, plain or gzipped." };
var every = new Option<bool>("--every") { Description = "Every kind in every school; prints those that fail." };
var plant = new Command("plant", "T12: plants contradictions into schools and looks whether they are named.") { folderToPlant, every };
plant.SetAction(result => PlantBench.Run([.. result.GetRequiredValue(folderToPlant).EnumerateFiles("*.fet*", SearchOption.AllDirectories).OrderBy(f => f.Name, StringComparer.Ordinal)], result.GetValue(every)));
root.Subcommands.Add(plant);
var folderToWatch = new Argument<DirectoryInfo>("instances") { Description = "A folder as above." };
var live = new Command("live", "T14: time to the first progress event and from cancelling to the end.") { folderToWatch };
live.SetAction(result => LiveBench.Run([.. result.GetRequiredValue(folderToWatch).EnumerateFiles("*", SearchOption.AllDirectories)
    .Where(f => f.Name.Contains(".fet", StringComparison.Ordinal) || f.Name.Contains(".ctt", StringComparison.Ordinal) || f.Name.Contains(".xml", StringComparison.Ordinal)).OrderBy(f => f.Name, StringComparer.Ordinal)]));
root.Subcommands.Add(live);
root.SetAction(result =>
{
    var files = result.GetRequiredValue(folder).EnumerateFiles("*", SearchOption.AllDirectories)
        .Where(f => f.Name.Contains(result.GetRequiredValue(only), StringComparison.OrdinalIgnoreCase)).OrderBy(f => f.Name, StringComparer.Ordinal).ToList();
    var (seconds, runs) = (result.GetValue(limit), result.GetValue(seeds));
    Noise.Print();
    SchoolBench.Run([.. files.Where(f => f.Name.EndsWith(".fet", StringComparison.Ordinal) || f.Name.EndsWith(".fet.gz", StringComparison.Ordinal))], seconds, runs, result.GetValue(minute));
    EventBench.Run([.. files.Where(f => f.Name.EndsWith(".xml", StringComparison.Ordinal) || f.Name.EndsWith(".xml.gz", StringComparison.Ordinal))], seconds, runs);
    CourseBench.Run([.. files.Where(f => f.Name.EndsWith(".ctt", StringComparison.Ordinal))], seconds, runs);
});
return root.Parse(args).Invoke();

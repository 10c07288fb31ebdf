export default function Home() {
  return <p className="wide">Soon.</p>;
}
